import { api } from '../lib/api.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { PasswordField } from '../ui/form/password-field.tsx';
import { useForm } from '../ui/form/use-form.ts';
import { Page } from '../ui/page.tsx';
import { PrimaryButton } from '../ui/primary-button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { toast } from '../ui/toasts.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import classes from './password-page.module.css';

const blank = { current: '', next: '' };

/** One's own password; changing it ends every other session. */
export function PasswordPage() {
  const t = useMessages({ fr, en });
  const form = useForm({
    initial: blank,
    save: async (_, __, body) => {
      await api('POST /api/v1/me/password', { body });
      form.reset();
      toast({ kind: 'done', message: t.done });
    },
  });
  return (
    <Page title={t.title} layout="text">
      <form onSubmit={form.submit} noValidate className={classes.form}>
        <p>{t.intro}</p>
        <ProblemNotice error={form.error} />
        <PasswordField form={form} name="current" label={t.current} kind="current" />
        <PasswordField form={form} name="next" label={t.next} description={t.nextHint} kind="new" />
        <div>
          <PrimaryButton type="submit" loading={form.saving}>
            {t.save}
          </PrimaryButton>
        </div>
      </form>
    </Page>
  );
}
