import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { api } from '../lib/api.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { PasswordField } from '../ui/form/password-field.tsx';
import { TextField } from '../ui/form/text-field.tsx';
import { useForm } from '../ui/form/use-form.ts';
import { FrontPage } from '../ui/front-page.tsx';
import { PrimaryButton } from '../ui/primary-button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import classes from './sign-in-page.module.css';

const route = getRouteApi('/sign-in');

/** Who has an account comes in here, and back to where they were sent from. */
export function SignInPage() {
  const t = useMessages({ fr, en });
  const { next = '/organisations' } = route.useSearch();
  const client = useQueryClient();
  const router = useRouter();
  const form = useForm({
    initial: { email: '', password: '' },
    save: async (_, __, body) => {
      await api('POST /api/auth/sign-in/email', { body });
      // Whatever an earlier session read is not this person's to see.
      client.clear();
      router.history.replace(next);
    },
  });
  return (
    <FrontPage title={t.title}>
      <form onSubmit={form.submit} noValidate>
        <ProblemNotice error={form.error} />
        <TextField form={form} name="email" label={t.email} type="email" autoComplete="username" focused />
        <PasswordField form={form} name="password" label={t.password} kind="current" />
        <PrimaryButton type="submit" loading={form.saving} fullWidth>
          {t.signIn}
        </PrimaryButton>
        <p className={classes.hint}>{t.lost}</p>
      </form>
    </FrontPage>
  );
}
