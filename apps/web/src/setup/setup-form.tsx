import type { Input } from '../lib/api.ts';
import { language } from '../lib/language/language.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { CountryField } from '../ui/form/country-field.tsx';
import { PasswordField } from '../ui/form/password-field.tsx';
import { TextField } from '../ui/form/text-field.tsx';
import { useForm } from '../ui/form/use-form.ts';
import { PrimaryButton } from '../ui/primary-button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

type Setup = Input<'POST /api/v1/setup/:token'>['body'];

/** Five answers; the country is guessed from the browser's locale. */
export function SetupForm({ onSubmit }: { onSubmit: (setup: Setup) => Promise<void> }) {
  const t = useMessages({ fr, en });
  const { region = 'FR' } = new Intl.Locale(language.locale()).maximize();
  const form = useForm<Setup>({
    initial: { workspace: '', country: region, name: '', email: '', password: '' },
    save: (_, __, setup) => onSubmit(setup),
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <ProblemNotice error={form.error} />
      <TextField
        form={form}
        name="workspace"
        label={t.workspace}
        description={t.workspaceHint}
        autoComplete="organization"
        focused
      />
      <CountryField form={form} name="country" label={t.country} description={t.countryHint} required />
      <TextField form={form} name="name" label={t.name} autoComplete="name" />
      <TextField form={form} name="email" label={t.email} type="email" autoComplete="username" />
      <PasswordField form={form} name="password" label={t.password} description={t.passwordHint} kind="new" />
      <PrimaryButton type="submit" loading={form.saving} fullWidth>
        {t.create}
      </PrimaryButton>
    </form>
  );
}
