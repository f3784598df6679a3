import { Switch } from '@mantine/core';
import type { Fields } from '../../lib/conflict.ts';
import { type FieldProps, fieldOf } from './field.ts';

/** Yes or no. */
export function SwitchField<V extends Fields>({ form, name, required: _, ...rest }: FieldProps<V, boolean>) {
  const { value, set, error } = fieldOf<V, boolean>({ form, name });
  return (
    <Switch
      {...rest}
      name={name}
      error={error}
      checked={value}
      onChange={(event) => set(event.currentTarget.checked)}
    />
  );
}
