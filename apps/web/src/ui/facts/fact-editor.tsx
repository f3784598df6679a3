import {
  type FocusEvent,
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { isProblem } from '../../lib/api-problem.ts';
import { type Fields, same } from '../../lib/conflict.ts';
import type { FieldForm } from '../form/field.ts';
import { useUnsavedGuard } from '../form/use-unsaved-guard.ts';
import classes from './facts.module.css';
import type { Editing, InPlace } from './use-in-place.ts';

/** What a field of a form needs to be the editor of a fact. */
export interface EditorField<V extends Fields, K extends keyof V & string> {
  readonly form: FieldForm<V>;
  readonly name: K;
  readonly label: string;
}

interface FactEditorProps<V extends Fields, K extends keyof V & string> {
  readonly edit: InPlace<V>;
  readonly editing: Editing<V>;
  readonly name: K;
  readonly choice: boolean;
  readonly renderRefused: ((problem: unknown) => ReactNode) | undefined;
  /** The person finished by keyboard: the focus belongs where it came from. */
  readonly onGoBack: () => void;
  readonly children: (field: EditorField<V, K>) => ReactNode;
}

/** A fact being edited: Enter or leaving the field saves, Escape leaves it as it was. */
export function FactEditor<V extends Fields, K extends keyof V & string>(props: FactEditorProps<V, K>) {
  const { edit, editing, name, choice, renderRefused, onGoBack, children } = props;
  const [value, setValue] = useState(editing.typed as V[K]); // it was typed into this field
  const [wrong, setWrong] = useState(() => refusal(editing.problem, name));
  // Fields tell their value on blur, in the same event that closes the editor.
  const now = useRef({ value, wrong });
  const element = useRef<HTMLFormElement>(null);
  // At once, or the key after the one that opened it would be lost.
  useLayoutEffect(() => {
    const focus = () => {
      const field = element.current?.querySelector<HTMLInputElement>('input:not([type=hidden])');
      field?.focus();
      field?.select();
    };
    if (!choice) return focus();
    // A choice's list has to be there before the focus opens it, or nobody is told that it is open.
    const frame = requestAnimationFrame(focus);
    return () => cancelAnimationFrame(frame);
  }, [choice]);
  useUnsavedGuard(!same(value, editing.base.values[name]));

  const form: FieldForm<V> = {
    values: { ...edit.values, [name]: value },
    set(_, next) {
      now.current = { value: next as unknown as V[K], wrong: undefined }; // the only field there is
      setValue(now.current.value);
      setWrong(undefined);
      if (!choice) return;
      onGoBack();
      edit.commit(name, now.current.value);
    },
    errorOf: () => wrong,
    setError(_, message) {
      now.current = { ...now.current, wrong: message };
      setWrong(message);
    },
  };

  const commit = () => {
    if (now.current.wrong === undefined) edit.commit(name, now.current.value);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    onGoBack();
    commit();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onGoBack();
    edit.cancel();
  };
  const onBlur = (event: FocusEvent<HTMLFormElement>) => {
    // Another window, or something else of this editor, is not leaving it.
    if (!document.hasFocus() || event.currentTarget.contains(event.relatedTarget)) return;
    if (choice) edit.cancel();
    else commit();
  };

  return (
    // The keys of the field it holds; nobody presses the form itself.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={element}
      className={classes.editor}
      noValidate
      onSubmit={onSubmit}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
    >
      {/* oxlint-disable-next-line react/refs -- the field calls what the form holds on events only */}
      {children({ form, name, label: edit.labels[name] })}
      {editing.problem !== null && renderRefused?.(editing.problem)}
    </form>
  );
}

function refusal(problem: unknown, name: string): string | undefined {
  if (!isProblem(problem)) return undefined;
  return problem.errors.find(({ path }) => path[0] === name)?.message;
}
