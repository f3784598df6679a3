import { Autocomplete } from '@mantine/core';
import type { Fields } from '../../lib/conflict.ts';
import { plain } from '../../lib/language/plain.ts';
import { type FieldProps, fieldOf } from './field.ts';

interface SuggestFieldProps<V extends Fields> extends FieldProps<V, string> {
  readonly suggestions: readonly string[];
  readonly maxLength?: number;
}

/** A text that others have typed before: they are suggested, and a new one is as good. */
export function SuggestField<V extends Fields>({ form, name, suggestions, ...rest }: SuggestFieldProps<V>) {
  const { value, set, error } = fieldOf<V, string>({ form, name });
  return (
    <Autocomplete
      {...rest}
      name={name}
      error={error}
      value={value}
      onChange={set}
      data={[...suggestions]}
      limit={50}
      autoComplete="off"
      filter={({ options, search }) =>
        options.filter((one) => 'value' in one && plain(one.value).includes(plain(search)))
      }
    />
  );
}
