import { type FormEvent, useRef, useState } from 'react';
import { ApiProblem } from '../../lib/api-problem.ts';
import type { Fields } from '../../lib/conflict.ts';

/** What an edit began from. */
export interface Base<V extends Fields> {
  readonly values: V;
  /** The record's ETag then. */
  readonly version: string | undefined;
}

export interface Form<V extends Fields> {
  readonly values: V;
  readonly set: <K extends keyof V & string>(name: K, value: V[K]) => void;
  /** The fields that differ from where the edit began. */
  readonly change: Partial<V>;
  readonly dirty: boolean;
  readonly saving: boolean;
  /** Why the last save failed, unless single fields say it. */
  readonly error: unknown;
  readonly errorOf: (name: keyof V & string) => string | undefined;
  /** Marks a field wrong before anything is sent; undefined takes it back. */
  readonly setError: (name: keyof V & string, message: string | undefined) => void;
  readonly submit: (event?: FormEvent<HTMLFormElement>) => void;
  /** Forgets what was typed. */
  readonly reset: () => void;
}

interface FormOptions<V extends Fields> {
  readonly initial: V;
  readonly version?: string | undefined;
  /** Sends the change; an ApiProblem it throws is shown, at its fields where it names some. */
  readonly save: (change: Partial<V>, base: Base<V>, values: V) => Promise<void>;
}

/**
 * A form over some fields. While nothing is typed it follows `initial`, so that a colleague's save shows;
 * from the first change on it remembers where it began, which is what a conflict is told by.
 */
export function useForm<V extends Fields>({ initial, version, save }: FormOptions<V>): Form<V> {
  const [edits, setEdits] = useState<Partial<V>>({});
  const [frozen, freeze] = useState<Base<V> | null>(null);
  const [errors, setErrors] = useState<Errors>({});
  /** What the fields themselves cannot read; nothing is sent while there is one. */
  const [unread, setUnread] = useState<Errors>({});
  const [error, setError] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  const element = useRef<HTMLFormElement | null>(null);

  const base: Base<V> = frozen ?? { values: initial, version };
  const values: V = { ...base.values, ...edits };
  const changed = Object.entries(edits).filter(([name, value]) => value !== base.values[name]);
  const change = Object.fromEntries(changed) as Partial<V>; // entries of a Partial<V>

  function reset() {
    setEdits({});
    freeze(null);
    setErrors({});
    setUnread({});
    setError(null);
  }

  async function send() {
    setSaving(true);
    setError(null);
    setErrors({});
    try {
      await save(change, base, values);
    } catch (problem) {
      const named = problem instanceof ApiProblem ? fieldErrors(problem) : {};
      const shown = Object.keys(named).filter((name) => name in values);
      setErrors(named);
      setError(shown.length > 0 ? null : problem);
      requestAnimationFrame(() => focusFirst(element.current, shown));
    } finally {
      setSaving(false);
    }
  }

  return {
    values,
    set(name, value) {
      if (!frozen) freeze(base);
      setEdits((before) => ({ ...before, [name]: value }));
      setErrors((now) => withError(now, name, undefined));
      setUnread((now) => withError(now, name, undefined));
    },
    change,
    dirty: changed.length > 0,
    saving,
    error,
    errorOf: (name) => unread[name] ?? errors[name],
    setError: (name, message) => setUnread((now) => withError(now, name, message)),
    submit(event) {
      event?.preventDefault();
      element.current = event?.currentTarget ?? element.current;
      const wrong = Object.keys(unread);
      if (wrong.length > 0) focusFirst(element.current, wrong);
      else if (!saving) void send();
    },
    reset,
  };
}

type Errors = Readonly<Record<string, string>>;

function withError(errors: Errors, name: string, message: string | undefined): Errors {
  const { [name]: _, ...others } = errors;
  return message === undefined ? others : { ...others, [name]: message };
}

function fieldErrors(problem: ApiProblem): Record<string, string> {
  return Object.fromEntries(problem.errors.map(({ path, message }) => [String(path[0]), message]));
}

/**
 * The first wrong field in the order of the page, not of the answer. A choice has `data-field`: its `name` would
 * go to an input that nobody sees.
 */
function focusFirst(form: HTMLFormElement | null, names: readonly string[]): void {
  const named = (one: Element) => one.getAttribute('name') ?? one.getAttribute('data-field') ?? '';
  const first = [...(form?.elements ?? [])].find((one) => names.includes(named(one)));
  if (first instanceof HTMLElement) first.focus();
}
