import { Select } from '@mantine/core';
import { countryCodes } from '@vif/contract/countries';
import { useMemo } from 'react';
import type { Fields } from '../../lib/conflict.ts';
import { useFormat } from '../../lib/language/format.ts';
import { plain } from '../../lib/language/plain.ts';
import { type FieldProps, fieldOf } from './field.ts';

/** An ISO country, found by its name in the reader's language (accents aside) or its code. */
export function CountryField<V extends Fields>({ form, name, ...rest }: FieldProps<V, string>) {
  const format = useFormat();
  const { value, set, error } = fieldOf<V, string>({ form, name });
  const countries = useMemo(
    () =>
      countryCodes
        .map((code) => ({ value: code, label: format.country(code) }))
        .sort((a, b) => format.compare(a.label, b.label)),
    [format],
  );
  return (
    <Select
      {...rest}
      data-field={name}
      error={error}
      data={countries}
      value={value || null}
      onChange={(code) => set(code ?? '')}
      searchable
      allowDeselect={false}
      // To choose what is chosen already is to be done, too.
      onOptionSubmit={(one) => one === value && set(value)}
      clearable={!rest.required}
      autoComplete="off"
      limit={50}
      filter={({ options, search }) => {
        const asked = plain(search);
        return options.filter(
          (one) => 'value' in one && (plain(one.label).includes(asked) || one.value.toLowerCase() === asked),
        );
      }}
    />
  );
}
