import type { ChoiceGroup, ListedChoice } from '../../ui/choice-list.tsx';

/** A line of the palette, and what choosing it does. */
interface Command extends ListedChoice {
  readonly run: () => void;
}

export type CommandGroup = ChoiceGroup<Command>;
