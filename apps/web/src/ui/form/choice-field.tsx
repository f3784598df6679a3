import { Loader, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Fields } from '../../lib/conflict.ts';
import { useMessages } from '../../lib/language/use-messages.ts';
import type { Query } from '../../lib/reads.ts';
import type { Choice } from '../choice.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import { type FieldProps, fieldOf } from './field.ts';

interface ChoiceFieldProps<V extends Fields> extends FieldProps<V, string | null> {
  /** What matches the typed text. */
  readonly choices: (typed: string) => Query<readonly Choice[]>;
  /** What the field's value is called before anything was searched. */
  readonly chosen?: Choice | undefined;
}

/** A record or a member, found by typing; the server searches. */
export function ChoiceField<V extends Fields>(props: ChoiceFieldProps<V>) {
  const { form, name, choices, chosen, ...rest } = props;
  const t = useMessages({ fr, en });
  const { value, set, error } = fieldOf<V, string | null>({ form, name });
  const [typed, type] = useState('');
  const [settled] = useDebouncedValue(typed, 150);
  const [picked, pick] = useState<Choice | undefined>(chosen);
  const current = picked?.value === value ? picked : chosen?.value === value ? chosen : undefined;
  // The field shows its choice's name as the typed text, which is nothing to search for.
  const { data: found } = useQuery(choices(settled === current?.label ? '' : settled));
  const others = (found ?? []).filter((one) => one.value !== current?.value);
  return (
    <Select
      {...rest}
      data-field={name}
      error={error}
      data={current ? [current, ...others] : others}
      value={value}
      onChange={(next, option) => {
        pick(next === null ? undefined : { value: next, label: option?.label ?? '' });
        set(next);
      }}
      searchable
      allowDeselect={false}
      // To choose what is chosen already is to be done, too.
      onOptionSubmit={(one) => one === value && set(value)}
      clearable={!rest.required}
      autoComplete="off"
      onSearchChange={type}
      filter={({ options }) => options}
      nothingFoundMessage={found ? t.noRows : t.loading}
      rightSection={found ? undefined : <Loader size={14} />}
    />
  );
}
