import { ActionIcon, Select } from '@mantine/core';
import { IconUserMinus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Role, roles } from '@vif/contract/permissions';
import { api } from '../lib/api.ts';
import { useFormat } from '../lib/language/format.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { changed } from '../lib/reads.ts';
import { useMe } from '../lib/session/me.ts';
import { confirm } from '../ui/confirm.ts';
import { showDialog } from '../ui/dialogs.tsx';
import { toast } from '../ui/toasts.ts';
import { useProblemText } from '../ui/use-problem-text.ts';
import type { Member } from './members.reads.ts';
import classes from './members-page.module.css';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

interface MemberLineProps {
  readonly member: Member;
  /** Who could take over their records. */
  readonly others: readonly Member[];
}

const loadRemove = () => import('./remove-member-dialog.tsx').then((module) => module.RemoveMemberDialog);

/** A member: their role to change, themselves to remove. */
export function MemberLine({ member, others }: MemberLineProps) {
  const t = useMessages({ fr, en });
  const format = useFormat();
  const me = useMe();
  const isMe = member.id === me.id;
  const change = useRoleChange(member, isMe);
  return (
    <tr>
      <th scope="row" className={classes.who}>
        {isMe ? `${member.name} (${t.you})` : member.name}
        <span>{member.email}</span>
      </th>
      <td className={classes.role}>
        <Select
          aria-label={t.roleOf(member.name)}
          data={roles.map((role) => ({ value: role, label: t.roles[role] }))}
          value={member.role}
          disabled={change.isPending}
          allowDeselect={false}
          onChange={(role) => {
            const next = roles.find((one) => one === role);
            if (next && next !== member.role) change.mutate(next);
          }}
        />
      </td>
      <td className={classes.wide}>
        {t.owned(format.number(member.organisations), format.number(member.people))}
      </td>
      <td className={classes.wide}>{format.date(member.joinedAt)}</td>
      <td>
        {!isMe && (
          <ActionIcon
            aria-label={t.removeOf(member.name)}
            title={t.remove}
            onClick={() => void showDialog(loadRemove, { member, others })}
          >
            <IconUserMinus size={18} stroke={1.75} aria-hidden />
          </ActionIcon>
        )}
      </td>
    </tr>
  );
}

function useRoleChange(member: Member, isMe: boolean) {
  const t = useMessages({ fr, en });
  const text = useProblemText();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (role: Role) => {
      const question = { title: t.ownRoleTitle, text: t.ownRoleText, action: t.ownRoleAction };
      if (isMe && !(await confirm(question))) return null;
      return (await api('PATCH /api/v1/members/:id', { params: { id: member.id }, body: { role } })).data;
    },
    onSuccess: async (saved) => {
      if (!saved) return;
      toast({ kind: 'done', message: t.roleChanged(saved.name, t.roles[saved.role]) });
      await changed(client, 'members', 'me');
    },
    onError: (error) => toast({ kind: 'problem', message: text(error) }),
  });
}
