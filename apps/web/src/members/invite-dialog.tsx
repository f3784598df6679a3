import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type Role, roles } from '@vif/contract/permissions';
import { useState } from 'react';
import { api, type Data } from '../lib/api.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { changed } from '../lib/reads.ts';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import type { DialogProps } from '../ui/dialogs.tsx';
import { TextField } from '../ui/form/text-field.tsx';
import { useForm } from '../ui/form/use-form.ts';
import { PrimaryButton } from '../ui/primary-button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { InvitationLink } from './invitation-link.tsx';
import classes from './invite-dialog.module.css';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

type Made = Data<'POST /api/v1/members/invitations'>;

/** Asks for an address and a role; then shows the link, once. */
export function InviteDialog({ opened, close }: DialogProps<undefined>) {
  const t = useMessages({ fr, en });
  const client = useQueryClient();
  const [made, make] = useState<Made | null>(null);
  const form = useForm<{ email: string; role: Role }>({
    initial: { email: '', role: 'user' },
    save: async (_, __, body) => {
      make((await api('POST /api/v1/members/invitations', { body })).data);
      await changed(client, 'members');
    },
  });
  return (
    <Dialog title={made ? t.linkTitle : t.inviteTitle} opened={opened} onClose={() => close()}>
      {made ? (
        <InvitationLink invitation={made} onDone={() => close()} />
      ) : (
        <form onSubmit={form.submit} noValidate className={classes.form}>
          <ProblemNotice error={form.error} />
          <TextField form={form} name="email" label={t.email} type="email" focused />
          <fieldset className={classes.roles}>
            <legend>{t.role}</legend>
            {roles.map((role) => (
              <label key={role} className={classes.role}>
                <input
                  type="radio"
                  name="role"
                  checked={form.values.role === role}
                  onChange={() => form.set('role', role)}
                />
                <strong>{t.roles[role]}</strong>
                <span>{t.roleHints[role]}</span>
              </label>
            ))}
          </fieldset>
          <DialogActions>
            <Button onClick={() => close()}>{t.cancel}</Button>
            <PrimaryButton type="submit" loading={form.saving}>
              {t.makeLink}
            </PrimaryButton>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}
