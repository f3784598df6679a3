import { Button, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { Data } from '../lib/api.ts';
import { useFormat } from '../lib/language/format.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { DialogActions } from '../ui/dialog.tsx';
import { PrimaryButton } from '../ui/primary-button.tsx';
import classes from './invite-dialog.module.css';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

interface InvitationLinkProps {
  readonly invitation: Data<'POST /api/v1/members/invitations'>;
  readonly onDone: () => void;
}

/** The one time an invitation's link is shown. */
export function InvitationLink({ invitation, onDone }: InvitationLinkProps) {
  const t = useMessages({ fr, en });
  const format = useFormat();
  const clipboard = useClipboard({ timeout: 3_000 });
  const Icon = clipboard.copied ? IconCheck : IconCopy;
  return (
    <div className={classes.link}>
      <p>{t.linkText(invitation.email, format.date(invitation.expiresAt))}</p>
      <TextInput
        label={t.link}
        value={invitation.link}
        readOnly
        // Without a secure context there is no clipboard: then it is chosen whole, to copy by hand.
        onFocus={(event) => event.currentTarget.select()}
      />
      <DialogActions>
        <Button onClick={onDone}>{t.done}</Button>
        <PrimaryButton
          data-autofocus
          leftSection={<Icon size={16} stroke={1.75} aria-hidden />}
          onClick={() => clipboard.copy(invitation.link)}
        >
          <span aria-live="polite">{clipboard.copied ? t.copied : t.copy}</span>
        </PrimaryButton>
      </DialogActions>
    </div>
  );
}
