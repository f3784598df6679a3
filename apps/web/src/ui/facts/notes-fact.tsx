import { Button } from '@mantine/core';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import type { Fields } from '../../lib/conflict.ts';
import { useMessages } from '../../lib/language/use-messages.ts';
import type { FieldForm, NameOf } from '../form/field.ts';
import { TextField } from '../form/text-field.tsx';
import { useUnsavedGuard } from '../form/use-unsaved-guard.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import classes from './notes-fact.module.css';
import type { InPlace } from './use-in-place.ts';

interface NotesFactProps<V extends Fields> {
  readonly edit: InPlace<V>;
  readonly name: NameOf<V, string>;
}

/** A record's notes, as long as they are. They are saved by their button, for who writes them looks things up meanwhile. */
export function NotesFact<V extends Fields>({ edit, name }: NotesFactProps<V>) {
  const t = useMessages({ fr, en });
  const notes = edit.values[name] as string; // NameOf names fields that hold one
  const label = edit.labels[name];
  const editing = edit.editing?.name === name;
  return (
    <section className={classes.notes} aria-label={label} data-saving={edit.isSaving(name)}>
      <header>
        <h2>{label}</h2>
        {edit.mayEdit && !editing && (
          <button
            type="button"
            aria-label={notes ? t.edit(label) : t.addTo(label)}
            onClick={() => edit.open(name)}
          >
            {notes ? t.change : t.add}
          </button>
        )}
      </header>
      {editing ? (
        <Editor edit={edit} name={name} />
      ) : (
        <p className={notes ? classes.text : classes.none}>{notes || t.noNotes}</p>
      )}
    </section>
  );
}

function Editor<V extends Fields>({ edit, name }: NotesFactProps<V>) {
  const t = useMessages({ fr, en });
  const before = (edit.editing?.base.values[name] ?? '') as string; // NameOf names fields that hold one
  const [typed, type] = useState((edit.editing?.typed ?? '') as string); // typed into this field
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => element.current?.querySelector('textarea')?.focus(), []);
  useUnsavedGuard(typed !== before);
  const form = {
    values: { [name]: typed },
    set: (_: string, value: string) => type(value),
    errorOf: () => undefined,
    setError: () => undefined,
  } as unknown as FieldForm<V>; // of which the one field below uses the notes only
  const save = () => edit.commit(name, typed as V[typeof name]); // a field that holds text
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
    if (event.key === 'Escape' && typed === before) edit.cancel();
  };
  return (
    // The keys of the text box it holds.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={element} className={classes.editor} onKeyDown={onKeyDown}>
      <TextField form={form} name={name} label={edit.labels[name]} lines={10} maxLength={20_000} />
      <div>
        <Button onClick={save}>{t.save}</Button>
        <Button variant="subtle" onClick={edit.cancel}>
          {t.cancel}
        </Button>
      </div>
    </div>
  );
}
