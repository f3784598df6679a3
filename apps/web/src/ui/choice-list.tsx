import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import classes from './choice-list.module.css';

export interface ListedChoice {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly icon?: ReactNode;
}

export interface ChoiceGroup<C extends ListedChoice> {
  readonly label?: string;
  readonly choices: readonly C[];
}

interface ChoiceListProps<C extends ListedChoice> {
  readonly label: string;
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly groups: readonly ChoiceGroup<C>[];
  readonly onChoose: (choice: C) => void;
  /** In place of the list when nothing matches, or while it is asked. */
  readonly empty: ReactNode;
}

/**
 * A text box over what it finds (the WAI-ARIA combobox with a listbox): arrows go, Enter chooses, the
 * focus stays where one types.
 */
export function ChoiceList<C extends ListedChoice>(props: ChoiceListProps<C>) {
  const { label, typed, onType, groups, onChoose, empty } = props;
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLInputElement>(null);
  const [place, setPlace] = useState(0);
  const all = groups.flatMap((group) => group.choices);
  const active = all[Math.min(place, all.length - 1)];

  // It appears because somebody asked for it, sometimes in place of another one.
  useEffect(() => box.current?.focus(), []);

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  });

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const last = all.length - 1;
    const at = Math.min(place, last);
    const next = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setPlace(next);
    } else if (event.key === 'Enter' && active && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onChoose(active);
    }
  };

  return (
    <>
      <div className={classes.box}>
        <IconSearch size={16} stroke={1.75} aria-hidden />
        <input
          ref={box}
          role="combobox"
          aria-label={label}
          aria-expanded={all.length > 0}
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={active ? `${id}-${active.id}` : undefined}
          placeholder={label}
          value={typed}
          onChange={(event) => {
            onType(event.currentTarget.value);
            setPlace(0);
          }}
          onKeyDown={onKeyDown}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
        />
      </div>
      <div ref={list} id={id} role="listbox" aria-label={label} className={classes.list}>
        {groups.map(
          (group) =>
            group.choices.length > 0 && (
              <div key={group.label ?? ''} role="group" aria-label={group.label}>
                {group.label && <div className={classes.group}>{group.label}</div>}
                {group.choices.map((choice) => (
                  // The keyboard is the text box's; the pointer's way is only a second one.
                  // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
                  <div
                    key={choice.id}
                    id={`${id}-${choice.id}`}
                    role="option"
                    tabIndex={-1}
                    aria-selected={choice === active}
                    className={classes.choice}
                    onPointerMove={() => setPlace(all.indexOf(choice))}
                    onPointerDown={(event) => event.preventDefault()}
                    onClick={() => onChoose(choice)}
                  >
                    {choice.icon}
                    <span className={classes.name}>{choice.label}</span>
                    {choice.hint && <span className={classes.hint}>{choice.hint}</span>}
                  </div>
                ))}
              </div>
            ),
        )}
      </div>
      {all.length === 0 && (
        <div className={classes.empty} role="status">
          {empty}
        </div>
      )}
    </>
  );
}
