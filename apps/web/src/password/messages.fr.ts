export const fr = {
  title: 'Changer de mot de passe',
  intro: 'Vos autres appareils seront déconnectés.',
  current: 'Mot de passe actuel',
  next: 'Nouveau mot de passe',
  nextHint: 'Au moins 12 caractères ; une phrase convient très bien.',
  save: 'Changer le mot de passe',
  done: 'Mot de passe changé. Vos autres appareils sont déconnectés.',
};
