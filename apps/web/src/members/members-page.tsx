import { useSuspenseQuery } from '@tanstack/react-query';
import { useMessages } from '../lib/language/use-messages.ts';
import { useMay } from '../lib/session/use-may.ts';
import { showDialog } from '../ui/dialogs.tsx';
import { Page } from '../ui/page.tsx';
import { PrimaryButton } from '../ui/primary-button.tsx';
import { InvitationLine } from './invitation-line.tsx';
import { MemberLine } from './member-line.tsx';
import { members } from './members.reads.ts';
import classes from './members-page.module.css';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

const loadInvite = () => import('./invite-dialog.tsx').then((module) => module.InviteDialog);

/** Who works here and as what; who was asked to. */
export function MembersPage() {
  const t = useMessages({ fr, en });
  const may = useMay();
  const { items, invitations } = useSuspenseQuery(members()).data;
  return (
    <Page
      title={t.title}
      aside={items.length}
      actions={
        may('members', 'create') && (
          <PrimaryButton onClick={() => void showDialog(loadInvite, {})}>{t.invite}</PrimaryButton>
        )
      }
    >
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t.name}</th>
            <th>{t.role}</th>
            <th className={classes.wide}>{t.records}</th>
            <th className={classes.wide}>{t.joined}</th>
            <th>
              <span className="vif-hidden">{t.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((member) => (
            <MemberLine key={member.id} member={member} others={items.filter(({ id }) => id !== member.id)} />
          ))}
        </tbody>
      </table>
      {invitations.length > 0 && (
        <section className={classes.invitations}>
          <h2>{t.invitations}</h2>
          <ul>
            {invitations.map((invitation) => (
              <InvitationLine key={invitation.id} invitation={invitation} />
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}
