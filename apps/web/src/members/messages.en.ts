import type { fr } from './messages.fr.ts';

export const en: typeof fr = {
  title: 'Members',
  invite: 'Invite',
  name: 'Name',
  role: 'Role',
  records: 'Records',
  joined: 'Member since',
  actions: 'Actions',
  you: 'you',
  roleOf: (name) => `Role of ${name}`,
  roles: { admin: 'Administrator', manager: 'Manager', user: 'User', readonly: 'Read only' },
  roleHints: {
    admin: 'Everything, members and settings included.',
    manager: 'All records, neither members nor settings.',
    user: 'Sees everything; creates, edits and deletes their own records.',
    readonly: 'Sees everything, changes nothing.',
  },
  roleChanged: (name, role) => `${name}: ${role}. Their open sessions have ended.`,
  ownRoleTitle: 'Change your own role?',
  ownRoleText: 'You will lose access to this page and have to sign in again.',
  ownRoleAction: 'Change my role',
  owned: (organisations, people) => `${organisations} org. · ${people} people`,
  remove: 'Remove',
  removeOf: (name) => `Remove ${name}`,
  removeTitle: (name) => `Remove ${name} from the workspace?`,
  removeText: 'Their sessions end at once. No record is deleted.',
  removeMoves: (organisations, people) => {
    const parts = [
      organisations > 0 && (organisations === 1 ? '1 organisation' : `${organisations} organisations`),
      people > 0 && (people === 1 ? '1 person' : `${people} people`),
    ].filter(Boolean);
    return parts.length === 0 ? 'They own no records.' : `${parts.join(' and ')} pass to:`;
  },
  successor: 'New owner',
  removed: (name) => `${name} is no longer in the workspace.`,
  invitations: 'Open invitations',
  invitedBy: (name, until) => `Invited by ${name} · valid until ${until}`,
  cancelInvitation: 'Cancel the invitation',
  cancelInvitationOf: (email) => `Cancel the invitation of ${email}`,
  invitationCancelled: (email) => `The invitation of ${email} is cancelled; its link no longer works.`,
  inviteTitle: 'Invite somebody',
  email: 'E-mail',
  makeLink: 'Make the link',
  linkTitle: 'Invitation link',
  linkText: (email, until) =>
    `Send this link to ${email}. It works once, until ${until}, and will not be shown again.`,
  link: 'Link',
  copy: 'Copy the link',
  copied: 'Copied',
  done: 'Done',
  cancel: 'Cancel',
};
