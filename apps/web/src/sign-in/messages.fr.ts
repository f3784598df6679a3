export const fr = {
  title: 'Se connecter',
  email: 'E-mail',
  password: 'Mot de passe',
  signIn: 'Se connecter',
  lost: 'Mot de passe perdu ? L’administrateur de votre espace peut vous en donner un nouveau.',
};
