import type { Fields } from '../../lib/conflict.ts';
import type { Form } from './use-form.ts';

/** The names of the fields that hold a `T`. */
export type NameOf<V, T> = { [K in keyof V & string]: V[K] extends T ? K : never }[keyof V & string];

/** The part of a form that its fields need. */
export type FieldForm<V extends Fields> = Pick<Form<V>, 'values' | 'set' | 'errorOf' | 'setError'>;

/** What every field of a form takes. */
export interface FieldProps<V extends Fields, T> {
  readonly form: FieldForm<V>;
  readonly name: NameOf<V, T>;
  readonly label: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly disabled?: boolean;
}

/** A field's value and how to change it. */
export function fieldOf<V extends Fields, T>({ form, name }: Pick<FieldProps<V, T>, 'form' | 'name'>) {
  return {
    value: form.values[name] as T, // NameOf names fields that hold a T
    set: (value: T) => form.set(name, value as V[typeof name]), // likewise
    error: form.errorOf(name),
  };
}
