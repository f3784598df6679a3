import type { Role } from '@vif/contract/permissions';

export const fr = {
  title: 'Membres',
  invite: 'Inviter',
  name: 'Nom',
  role: 'Rôle',
  records: 'Fiches',
  joined: 'Membre depuis',
  actions: 'Actions',
  you: 'vous',
  roleOf: (name: string) => `Rôle de ${name}`,
  roles: {
    admin: 'Administrateur',
    manager: 'Responsable',
    user: 'Utilisateur',
    readonly: 'Lecture seule',
  } satisfies Record<Role, string>,
  roleHints: {
    admin: 'Tout, y compris les membres et les réglages.',
    manager: 'Toutes les fiches, sans les membres ni les réglages.',
    user: 'Voit tout ; crée, modifie et supprime ses propres fiches.',
    readonly: 'Voit tout, ne change rien.',
  } satisfies Record<Role, string>,
  roleChanged: (name: string, role: string) => `${name} : ${role}. Ses sessions ouvertes sont terminées.`,
  ownRoleTitle: 'Changer votre propre rôle ?',
  ownRoleText: 'Vous perdrez l’accès à cette page, et devrez vous reconnecter.',
  ownRoleAction: 'Changer mon rôle',
  owned: (organisations: string, people: string) => `${organisations} org. · ${people} pers.`,
  remove: 'Retirer',
  removeOf: (name: string) => `Retirer ${name}`,
  removeTitle: (name: string) => `Retirer ${name} de l’espace ?`,
  removeText: 'Ses sessions se terminent tout de suite. Aucune fiche n’est supprimée.',
  removeMoves: (organisations: number, people: number) => {
    const parts = [
      organisations > 0 && (organisations === 1 ? '1 organisation' : `${organisations} organisations`),
      people > 0 && (people === 1 ? '1 personne' : `${people} personnes`),
    ].filter(Boolean);
    return parts.length === 0 ? 'Aucune fiche ne lui appartient.' : `${parts.join(' et ')} à confier à :`;
  },
  successor: 'Nouveau propriétaire',
  removed: (name: string) => `${name} ne fait plus partie de l’espace.`,
  invitations: 'Invitations en attente',
  invitedBy: (name: string, until: string) => `Invité par ${name} · valable jusqu’au ${until}`,
  cancelInvitation: 'Annuler l’invitation',
  cancelInvitationOf: (email: string) => `Annuler l’invitation de ${email}`,
  invitationCancelled: (email: string) => `L’invitation de ${email} est annulée ; son lien ne sert plus.`,
  inviteTitle: 'Inviter quelqu’un',
  email: 'E-mail',
  makeLink: 'Créer le lien',
  linkTitle: 'Lien d’invitation',
  linkText: (email: string, until: string) =>
    `Envoyez ce lien à ${email}. Il ne sert qu’une fois, jusqu’au ${until}, et ne sera plus affiché.`,
  link: 'Lien',
  copy: 'Copier le lien',
  copied: 'Copié',
  done: 'Terminé',
  cancel: 'Annuler',
};
