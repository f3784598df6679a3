import { type ReactNode, useId } from 'react';
import classes from './account-panel.module.css';

interface PanelChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly {
    readonly value: Value;
    readonly label: string;
    readonly icon?: ReactNode;
    readonly lang?: string;
  }[];
  readonly onChoose: (value: Value) => void;
  /** Where the focus is when the panel opens. */
  readonly focused?: boolean;
}

/** A few values side by side, one of them chosen: radio buttons in the look of a switch. */
export function PanelChoice<Value extends string>(props: PanelChoiceProps<Value>) {
  const { label, value, choices, onChoose, focused } = props;
  const name = useId();
  return (
    <fieldset className={classes.choices}>
      <legend>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={classes.choice} lang={choice.lang}>
          <input
            type="radio"
            name={name}
            className="vif-hidden"
            checked={choice.value === value}
            data-autofocus={(focused && choice.value === value) || undefined}
            onChange={() => onChoose(choice.value)}
          />
          {choice.icon}
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
