import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../lib/api.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { PasswordField } from '../ui/form/password-field.tsx';
import { TextField } from '../ui/form/text-field.tsx';
import { useForm } from '../ui/form/use-form.ts';
import { PrimaryButton } from '../ui/primary-button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

interface JoinFormProps {
  readonly token: string;
  readonly email: string;
  readonly hasAccount: boolean;
}

/** Makes an account, or proves by its password that it is one's own, and joins. */
export function JoinForm({ token, email, hasAccount }: JoinFormProps) {
  const t = useMessages({ fr, en });
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    initial: { name: '', password: '' },
    save: async (_, __, { name, password }) => {
      const body = hasAccount ? { password } : { name, password };
      await api('POST /api/v1/invitations/:token/accept', { params: { token }, body });
      client.clear();
      await navigate({ to: '/organisations', replace: true });
    },
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <ProblemNotice error={form.error} />
      {/* What a password manager stores the password under. */}
      <input
        type="email"
        className="vif-hidden"
        autoComplete="username"
        value={email}
        readOnly
        tabIndex={-1}
        aria-hidden
      />
      {!hasAccount && <TextField form={form} name="name" label={t.name} autoComplete="name" focused />}
      <PasswordField
        form={form}
        name="password"
        label={hasAccount ? t.yourPassword : t.password}
        kind={hasAccount ? 'current' : 'new'}
        {...(hasAccount ? {} : { description: t.passwordHint })}
      />
      <PrimaryButton type="submit" loading={form.saving} fullWidth>
        {t.join}
      </PrimaryButton>
    </form>
  );
}
