import type { importTexts as english } from './texts.en.ts';

export const importTexts: typeof english = {
  usage: () =>
    `npm run import -- organisations FICHIER.csv --as E-MAIL [--workspace NOM]
npm run import -- people FICHIER.csv --as E-MAIL [--workspace NOM]

  --as         l’e-mail d’un membre, à qui seront les fiches et dont le rôle décide de ce qui peut être écrit
  --workspace  le nom de l’espace ; inutile quand il n’y en a qu’un

Les lignes qui ne sont pas reprises sont écrites dans FICHIER.rejected.csv avec la raison. Le fichier est importé en
entier ou pas du tout. Une nouvelle fois : les fiches sont mises à jour par leur identifiant externe. Code de sortie :
0 quand toutes les lignes sont reprises, 2 quand certaines ne le sont pas, 1 quand rien n’est importé. docs/import.md
donne les colonnes.`,
  noFile: (path) => `Il n’y a pas de fichier ${path}.`,
  notAFile: (path) => `${path} n’est pas un fichier.`,
  unreadable: (path) => `Le fichier ${path} ne peut pas être lu.`,
  tooLarge: () => 'Le fichier dépasse 200 Mo : découpez-le et importez les morceaux.',
  sending: (file, percent) => `Envoi de ${file} : ${percent} %`,
  importing: (file) => `Import de ${file} …`,
  otherDatabase: () =>
    'Le Vif qui tourne ne connaît pas la session faite pour cette commande : sa base de données est une autre. Définissez DATABASE_URL comme pour lui.',
  interrupted: {
    nothing: () => 'Interrompu. Rien n’a été importé.',
    imported: () => 'Interrompu, mais trop tard : le fichier a été importé.',
    unknown: () =>
      'Interrompu. On n’a pas pu voir si le fichier a été importé : regardez avant de recommencer.',
  },
  connectionLost: {
    nothing: () => 'Vif s’est arrêté pendant l’import. Rien n’a été importé.',
    imported: () =>
      'Vif s’est arrêté après avoir importé le fichier ; ce que chaque ligne est devenue n’est pas connu ici.',
    unknown: () =>
      'Vif s’est arrêté. On n’a pas pu voir si le fichier a été importé : regardez avant de recommencer.',
  },
  summary: {
    rows: 'lignes',
    created: 'créées',
    updated: 'mises à jour',
    unchanged: 'inchangées',
    restored: 'reprises de la corbeille',
    rejected: 'rejetées',
    warnings: 'avertissements',
  },
  columns: () => 'Colonnes :',
  notTaken: () => '(pas reprise)',
  noExternalId: () =>
    'Aucune colonne ne contient d’identifiant externe : importer ce fichier une nouvelle fois créerait tout une fois de plus.',
  warning: (line, reason) => `Ligne ${line} : ${reason}`,
  moreWarnings: (count) => `… et ${count} autres avertissements`,
  rejectedFile: (path) => `Les lignes rejetées sont dans ${path}, chacune avec sa raison.`,
  rejectedNotWritten: (path, why) => `Les lignes rejetées n’ont pas pu être écrites dans ${path} (${why}) :`,
};
