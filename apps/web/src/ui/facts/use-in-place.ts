import { useEffect, useRef, useState } from 'react';
import { isProblem } from '../../lib/api-problem.ts';
import { type Fields, same } from '../../lib/conflict.ts';
import { useMessages } from '../../lib/language/use-messages.ts';
import { saveVersioned } from '../../lib/save-versioned.ts';
import { askConflict } from '../conflict.ts';
import type { Base } from '../form/use-form.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import { toast } from '../toasts.ts';
import { useProblemText } from '../use-problem-text.ts';
import { baseOf } from './base-of.ts';

type Name<V> = keyof V & string;

/** The one field being edited: what it began from, and what a refused save had typed and was told. */
export interface Editing<V extends Fields> {
  readonly name: Name<V>;
  readonly base: Base<V>;
  readonly typed: unknown;
  readonly problem: unknown;
}

export interface InPlace<V extends Fields> {
  /** What shows: the record, and upon it what is being saved. */
  readonly values: V;
  readonly labels: Readonly<Record<Name<V>, string>>;
  readonly mayEdit: boolean;
  readonly editing: Editing<V> | null;
  readonly isSaving: (name: Name<V>) => boolean;
  readonly open: (name: Name<V>) => void;
  readonly cancel: () => void;
  /** Shows the value at once and saves it; what was there comes back when that fails. */
  readonly commit: <K extends Name<V>>(name: K, value: V[K]) => void;
}

interface InPlaceOptions<V extends Fields> {
  /** The record as the query cache has it. */
  readonly record: Base<V>;
  readonly mayEdit: boolean;
  readonly labels: Readonly<Record<Name<V>, string>>;
  /** A value as the reader is shown it, for the dialog that compares two. */
  readonly show: (name: Name<V>, value: unknown) => string | Promise<string>;
  /** Sends a change, puts the answer into the query cache and answers the record as it is then. */
  readonly send: (change: Partial<V>, version: string | undefined) => Promise<Base<V>>;
  /** Asks the server for the record, which somebody else changed. */
  readonly readAgain: () => Promise<unknown>;
  readonly fieldsOf: (record: unknown) => V;
}

/**
 * Editing a record where it stands, one field at a time. Saves of one record go one after the other, each
 * upon the version that the one before left.
 */
export function useInPlace<V extends Fields>(options: InPlaceOptions<V>): InPlace<V> {
  const { record, mayEdit, labels } = options;
  const t = useMessages({ fr, en });
  const text = useProblemText();
  const [editing, edit] = useState<Editing<V> | null>(null);
  const [pending, setPending] = useState<Partial<V>>({});
  const latest = useRef({ ...options, editing });
  const queue = useRef<Promise<void>>(Promise.resolve());
  useEffect(() => {
    latest.current = { ...options, editing };
  });

  const values: V = { ...record.values, ...pending };
  const shown: Base<V> = { values, version: record.version };

  function failed<K extends Name<V>>(problem: unknown, one: Editing<V>, name: K, value: V[K]): void {
    const field = isProblem(problem) && problem.errors.find(({ path }) => path[0] === name);
    if (field && !latest.current.editing) return edit({ ...one, problem });
    toast({
      kind: 'problem',
      message: t.notSavedField(labels[name], field ? field.message : text(problem)),
      action: field
        ? { label: t.editAgain, run: () => edit({ ...one, problem }) }
        : { label: t.retry, run: () => save(one, name, value) },
    });
  }

  function save<K extends Name<V>>(one: Editing<V>, name: K, value: V[K]): void {
    setPending((now) => ({ ...now, ...changeOf(name, value) }));
    queue.current = settle(queue.current, one, name, value);
  }

  async function settle<K extends Name<V>>(before: Promise<void>, one: Editing<V>, name: K, value: V[K]) {
    const again = { ...one, typed: value };
    try {
      await before;
      if (!(await send(name, value, one.base))) edit(again);
    } catch (problem) {
      failed(problem, again, name, value);
    } finally {
      setPending((all) => (Object.is(all[name], value) ? without(all, name) : all));
    }
  }

  /** Answers undefined when the person, asked about a conflict, goes back to editing. */
  async function send<K extends Name<V>>(name: K, value: V[K], begun: Base<V>): Promise<true | undefined> {
    const { record: now, send: sendNow, readAgain, fieldsOf, show } = latest.current;
    const base = baseOf(now, begun, name);
    return saveVersioned<V, true>({
      before: base.values,
      etag: base.version,
      change: changeOf(name, value),
      async send(left, version) {
        if (Object.keys(left).length === 0) {
          // Theirs stands, and is shown.
          await readAgain();
          return true;
        }
        // The next save in the queue begins before the page is drawn with this answer.
        const saved = await sendNow(left, version);
        latest.current = { ...latest.current, record: saved };
        return true;
      },
      fieldsOf,
      ask: askConflict(labels, show),
    });
  }

  return {
    values,
    labels,
    mayEdit,
    editing,
    isSaving: (name) => name in pending,
    open: (name) => edit({ name, base: shown, typed: values[name], problem: null }),
    cancel: () => edit(null),
    commit(name, value) {
      const one = editing?.name === name ? editing : { name, base: shown, typed: value, problem: null };
      edit(null);
      if (!same(value, one.base.values[name]) || one.problem) save({ ...one, problem: null }, name, value);
    },
  };
}

function changeOf<V extends Fields, K extends Name<V>>(name: K, value: V[K]): Partial<V> {
  return { [name]: value } as unknown as Partial<V>; // one field of V and its value
}

function without<V extends Fields>(values: Partial<V>, name: Name<V>): Partial<V> {
  const { [name]: _, ...others } = values;
  return others as Partial<V>; // values but one
}
