import { Textarea, TextInput } from '@mantine/core';
import type { HTMLInputAutoCompleteAttribute } from 'react';
import type { Fields } from '../../lib/conflict.ts';
import { type FieldProps, fieldOf } from './field.ts';

interface TextFieldProps<V extends Fields> extends FieldProps<V, string> {
  readonly type?: 'text' | 'email' | 'tel' | 'url';
  readonly autoComplete?: HTMLInputAutoCompleteAttribute;
  readonly placeholder?: string;
  /** Where the cursor is when the form opens. */
  readonly focused?: boolean;
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
  focused = false,
  ...rest
}: TextFieldProps<V>) {
  const { value, set, error } = fieldOf<V, string>({ form, name });
  const shared = {
    ...rest,
    name,
    value,
    error,
    autoComplete: rest.autoComplete ?? 'off',
    // Mantine's dialogs look for the attribute when they set the focus.
    'data-autofocus': focused || undefined,
    autoFocus: focused,
  };
  if (lines) {
    return <Textarea {...shared} rows={lines} onChange={(event) => set(event.currentTarget.value)} />;
  }
  // Browsers' own checks of e-mail and web addresses are stricter than what Vif forgives, and in their own words.
  const mode = type === 'email' || type === 'url' || type === 'tel' ? { inputMode: type } : {};
  return <TextInput {...shared} {...mode} onChange={(event) => set(event.currentTarget.value)} />;
}
