import { Button, Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../lib/api.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { changed } from '../lib/reads.ts';
import { useMe } from '../lib/session/me.ts';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import type { DialogProps } from '../ui/dialogs.tsx';
import { PrimaryButton } from '../ui/primary-button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { toast } from '../ui/toasts.ts';
import type { Member } from './members.reads.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

interface RemoveMemberDialogProps extends DialogProps<undefined> {
  readonly member: Member;
  readonly others: readonly Member[];
}

/** Says what a member leaves behind and asks who takes it over. */
export function RemoveMemberDialog({ member, others, opened, close }: RemoveMemberDialogProps) {
  const t = useMessages({ fr, en });
  const me = useMe();
  const client = useQueryClient();
  const [successor, setSuccessor] = useState(me.id);
  const leavesRecords = member.organisations + member.people > 0;
  const remove = useMutation({
    mutationFn: () => api('DELETE /api/v1/members/:id', { params: { id: member.id }, query: { successor } }),
    onSuccess: async () => {
      close();
      toast({ kind: 'done', message: t.removed(member.name) });
      await changed(client, 'members', 'owners', 'organisations', 'people');
    },
  });
  return (
    <Dialog title={t.removeTitle(member.name)} opened={opened} onClose={() => close()}>
      <div>{t.removeText}</div>
      <div>{t.removeMoves(member.organisations, member.people)}</div>
      {leavesRecords && (
        <Select
          label={t.successor}
          data={others.map(({ id, name }) => ({ value: id, label: name }))}
          value={successor}
          onChange={(id) => id && setSuccessor(id)}
          allowDeselect={false}
        />
      )}
      <ProblemNotice error={remove.error} />
      <DialogActions>
        <Button onClick={() => close()}>{t.cancel}</Button>
        <PrimaryButton loading={remove.isPending} onClick={() => remove.mutate()}>
          {t.remove}
        </PrimaryButton>
      </DialogActions>
    </Dialog>
  );
}
