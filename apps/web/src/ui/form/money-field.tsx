import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Fields } from '../../lib/conflict.ts';
import { type Format, useFormat } from '../../lib/language/format.ts';
import { parseAmount } from '../../lib/language/parse-amount.ts';
import { useMessages } from '../../lib/language/use-messages.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import { type FieldProps, fieldOf } from './field.ts';

/** An amount in euros, typed the reader's way (`1 234,56`, `60 M€`) and shown the reader's way. */
export function MoneyField<V extends Fields>({ form, name, ...rest }: FieldProps<V, number | null>) {
  const t = useMessages({ fr, en });
  const format = useFormat();
  const { value, set, error } = fieldOf<V, number | null>({ form, name });
  const [typed, type] = useState<string | null>(null);
  const leave = () => {
    if (typed === null) return;
    const amount = typed.trim() === '' ? null : parseAmount(typed, decimalSign(format));
    if (amount === null && typed.trim() !== '') {
      form.setError(name, t.notANumber);
      return;
    }
    type(null);
    if (amount !== value) set(amount);
  };
  return (
    <TextInput
      {...rest}
      name={name}
      inputMode="decimal"
      autoComplete="off"
      error={error}
      value={typed ?? (value === null ? '' : format.money(value))}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={(event) => {
        // Enter sends the form before the field is left.
        if (event.key === 'Enter') leave();
      }}
    />
  );
}

function decimalSign(format: Format): ',' | '.' {
  return format.money(0.5).includes(',') ? ',' : '.';
}
