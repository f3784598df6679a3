import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../lib/api.ts';
import { useFormat } from '../lib/language/format.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { changed } from '../lib/reads.ts';
import { toast } from '../ui/toasts.ts';
import { useProblemText } from '../ui/use-problem-text.ts';
import type { Invitation } from './members.reads.ts';
import classes from './members-page.module.css';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

/** An invitation nobody has taken up yet. */
export function InvitationLine({ invitation }: { invitation: Invitation }) {
  const t = useMessages({ fr, en });
  const format = useFormat();
  const text = useProblemText();
  const client = useQueryClient();
  const { id, email, role, invitedBy, expiresAt } = invitation;
  const cancel = useMutation({
    mutationFn: () => api('DELETE /api/v1/members/invitations/:id', { params: { id } }),
    onSuccess: async () => {
      toast({ kind: 'done', message: t.invitationCancelled(email) });
      await changed(client, 'members');
    },
    onError: (error) => toast({ kind: 'problem', message: text(error) }),
  });
  return (
    <li className={classes.invitation}>
      <div className={classes.who}>
        {email}
        <span>
          {t.roles[role]} · {t.invitedBy(invitedBy, format.date(expiresAt))}
        </span>
      </div>
      <Button
        aria-label={t.cancelInvitationOf(email)}
        loading={cancel.isPending}
        onClick={() => cancel.mutate()}
      >
        {t.cancel}
      </Button>
    </li>
  );
}
