import { Select } from '@mantine/core';
import type { Fields } from '../../lib/conflict.ts';
import { plain } from '../../lib/language/plain.ts';
import { useOwnerChoices } from '../../lib/use-owner-choices.ts';
import type { Choice } from '../choice.ts';
import { type FieldProps, fieldOf } from './field.ts';

interface OwnerFieldProps<V extends Fields> extends FieldProps<V, string> {
  /** The owner now, who may be no member any more. */
  readonly chosen?: Choice | undefined;
}

/** Who a record belongs to: one of the members. */
export function OwnerField<V extends Fields>({ form, name, chosen, ...rest }: OwnerFieldProps<V>) {
  const { value, set, error } = fieldOf<V, string>({ form, name });
  const members = useOwnerChoices();
  const gone = chosen && !members.some((one) => one.value === chosen.value) ? [chosen] : [];
  return (
    <Select
      {...rest}
      data-field={name}
      error={error}
      data={[...gone, ...members]}
      value={value}
      onChange={(next) => next !== null && set(next)}
      allowDeselect={false}
      // To choose what is chosen already is to be done, too.
      onOptionSubmit={(one) => one === value && set(value)}
      searchable
      autoComplete="off"
      filter={({ options, search }) =>
        options.filter((one) => 'value' in one && plain(one.label).includes(plain(search)))
      }
    />
  );
}
