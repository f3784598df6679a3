import { Button } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Fields } from '../../lib/conflict.ts';
import { useMessages } from '../../lib/language/use-messages.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import { PrimaryButton } from '../primary-button.tsx';
import { ProblemNotice } from '../problem-notice.tsx';
import classes from './form-layout.module.css';
import type { Form } from './use-form.ts';
import { useUnsavedGuard } from './use-unsaved-guard.ts';

interface RecordFormProps<V extends Fields> {
  readonly form: Form<V>;
  /** How little is enough. */
  readonly hint?: string;
  /** The verb on the button that saves. */
  readonly action: string;
  readonly children: ReactNode;
}

/** A page-long form: its sections, and below them, always in sight, what went wrong and the buttons. */
export function RecordForm<V extends Fields>({ form, hint, action, children }: RecordFormProps<V>) {
  const t = useMessages({ fr, en });
  const { history, navigate } = useRouter();
  useUnsavedGuard(form.dirty && !form.saving);
  const cancel = () => (history.canGoBack() ? history.back() : void navigate({ to: '/' }));
  return (
    <form className={classes.form} noValidate onSubmit={form.submit}>
      {hint && <p className={classes.hint}>{hint}</p>}
      {children}
      <div className={classes.foot}>
        <div>
          <ProblemNotice error={form.error} />
        </div>
        <Button onClick={cancel}>{t.cancel}</Button>
        <PrimaryButton type="submit" loading={form.saving}>
          {action}
        </PrimaryButton>
      </div>
    </form>
  );
}

/** Fields that belong together, two beside each other where there is room. */
export function FormSection({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <fieldset className={classes.section}>
      {title && <legend>{title}</legend>}
      <div className={classes.fields}>{children}</div>
    </fieldset>
  );
}

/** A field, or a word about one, that takes the whole width of its section. */
export function WholeWidth({ children }: { children: ReactNode }) {
  return <div className={classes.wide}>{children}</div>;
}
