import type { seedTexts as english } from './texts.en.ts';

export const seedTexts: typeof english = {
  usage: () => `npm run seed -- --organisations N --people N [--workspace NOM]

Ajoute à un espace des organisations et des personnes françaises inventées, toutes ou, après une erreur ou Ctrl-C, aucune.
Dans une base vide, crée d’abord l’espace, avec un administrateur de démonstration dont le mot de passe est affiché. Une
nouvelle fois : en ajoute d’autres, dont les identifiants externes continuent les précédents. Au plus 1 000 000 de chaque
à la fois.`,
  nothing: () => 'Dites combien avec --organisations et --people.',
  number: (option) => `--${option} prend un nombre de 0 à 1 000 000.`,
  madeWorkspace: (name) => `La base était vide : l’espace « ${name} » a été créé.`,
  signIn: (email, password) => `Connectez-vous comme ${email} avec le mot de passe ${password}`,
  others: (emails) =>
    `Ses autres membres sont ${emails.join(', ')} ; « npm run password -- E-MAIL » donne un mot de passe à l’un d’eux.`,
  adding: (organisations, people, workspace) =>
    `Ajout de ${organisations.toLocaleString('fr')} organisations et de ${people.toLocaleString('fr')} personnes à « ${workspace} » …`,
  organisations: (done) => `${done.toLocaleString('fr')} organisations`,
  people: (done) => `${done.toLocaleString('fr')} personnes`,
  tidying: () => 'Relevé de ce qui est où, pour que la base planifie bien …',
  done: (organisations, people, seconds) =>
    `${organisations.toLocaleString('fr')} organisations et ${people.toLocaleString('fr')} personnes ajoutées en ${seconds.toFixed(1).replace('.', ',')} s.`,
  interrupted: () => 'Interrompu. Rien n’a été ajouté.',
};
