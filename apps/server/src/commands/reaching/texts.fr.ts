import type { reachingTexts as english } from './texts.en.ts';

export const reachingTexts: typeof english = {
  otherDatabase: (folder) =>
    `Le Vif qui tourne sur ${folder} utilise un autre PostgreSQL : définissez DATABASE_URL comme pour lui.`,
  notReached: () => 'La base de données n’a pas été jointe en une minute. Rien n’a été fait.',
  notReady: (address) => `Le Vif à l’adresse ${address} n’a pas été prêt en une minute. Rien n’a été fait.`,
  stillStarting: () => 'Un Vif démarre ou s’arrête sur ce dossier de données. Réessayez dans un instant.',
  noWorkspace: () =>
    'Il n’y a pas encore d’espace : lancez Vif avec « npm start » et configurez-le à l’adresse affichée.',
  whichWorkspace: (names) => `Nommez l’espace avec --workspace : ${list(names)}.`,
  unknownWorkspace: (asked, names) => `Il n’y a pas d’espace « ${asked} ». Il y a : ${list(names)}.`,
  ambiguousWorkspace: (asked, ids) =>
    `Plusieurs espaces s’appellent « ${asked} ». Nommez le vôtre par son identifiant : ${ids.join(', ')}.`,
  whichMember: (emails) => `Dites avec --as à qui seront les fiches : ${emails.join(', ')}.`,
  unknownMember: (asked, workspace, emails) =>
    `Aucun membre de « ${workspace} » n’a l’e-mail ${asked}. Il y a : ${emails.join(', ')}.`,
  interrupted: () => 'Interrompu.',
};

function list(names: string[]): string {
  return names.map((name) => `« ${name} »`).join(', ');
}
