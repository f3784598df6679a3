import type { passwordTexts as english } from './texts.en.ts';

export const passwordTexts: typeof english = {
  usage: () => `npm run password -- E-MAIL [--ask]

Donne à l’utilisateur un nouveau mot de passe, tiré au hasard, et l’affiche. Avec --ask, il est saisi (ou lu d’un tube) et
n’est pas affiché. Toutes les sessions de l’utilisateur prennent fin.`,
  ask: () => 'Nouveau mot de passe :',
  askAgain: () => 'Encore une fois :',
  different: () => 'Les deux ne sont pas les mêmes. Rien n’a été changé.',
  length: (least, most) => `Un mot de passe a de ${least} à ${most} caractères. Rien n’a été changé.`,
  nobody: (email) => `Personne n’a l’e-mail ${email}. Rien n’a été changé.`,
  changed: (name) => `${name} a un nouveau mot de passe, et toutes ses sessions ont pris fin.`,
  password: (password) => `Mot de passe : ${password}`,
};
