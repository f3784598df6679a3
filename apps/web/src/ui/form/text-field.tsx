import { Textarea, TextInput } from '@mantine/core';
import type { HTMLInputAutoCompleteAttribute } from 'react';
import type { Fields } from '../../lib/conflict.ts';
import { type FieldProps, fieldOf } from './field.ts';

interface TextFieldProps<V extends Fields> extends FieldProps<V, string> {
  readonly type?: 'text' | 'email' | 'tel' | 'url';
  readonly autoComplete?: HTMLInputAutoCompleteAttribute;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  /** Several lines, this many at first. */
  readonly lines?: number;
  readonly maxLength?: number;
  readonly onBlur?: () => void;
}

/** One line of text, or several; the server's remark on it stands below. */
export function TextField<V extends Fields>({
  form,
  name,
  lines,
  type,
  autoFocus,
  ...rest
}: TextFieldProps<V>) {
  const { value, set, error } = fieldOf<V, string>({ form, name });
  const shared = {
    ...rest,
    name,
    value,
    error,
    autoComplete: rest.autoComplete ?? 'off',
    // What was asked for by opening a form is to type; the first field says so.
    'data-autofocus': autoFocus,
    autoFocus: autoFocus ?? false,
  };
  if (lines) {
    return <Textarea {...shared} rows={lines} onChange={(event) => set(event.currentTarget.value)} />;
  }
  // Browsers' own checks of e-mail and web addresses are stricter than what Vif forgives, and in their own words.
  const mode = type === 'email' || type === 'url' || type === 'tel' ? { inputMode: type } : {};
  return <TextInput {...shared} {...mode} onChange={(event) => set(event.currentTarget.value)} />;
}
