import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import type { Fields } from '../../lib/conflict.ts';
import { useMessages } from '../../lib/language/use-messages.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import { type FieldProps, fieldOf } from './field.ts';

interface PasswordFieldProps<V extends Fields> extends FieldProps<V, string> {
  /** Whether a password manager fills in the one it knows or offers a new one. */
  readonly kind: 'current' | 'new';
}

/** A password, hidden until one asks to see it, which makes typing it twice needless. */
export function PasswordField<V extends Fields>({ form, name, kind, ...rest }: PasswordFieldProps<V>) {
  const t = useMessages({ fr, en });
  const { value, set, error } = fieldOf<V, string>({ form, name });
  const [visible, show] = useState(false);
  return (
    <PasswordInput
      {...rest}
      name={name}
      value={value}
      error={error}
      // Mantine's other inputs say it by themselves.
      aria-invalid={error === undefined ? undefined : true}
      onChange={(event) => set(event.currentTarget.value)}
      autoComplete={`${kind}-password`}
      visible={visible}
      onVisibilityChange={show}
      visibilityToggleButtonProps={{ 'aria-label': visible ? t.hide : t.show, tabIndex: 0 }}
    />
  );
}
