import type { fr } from './messages.fr.ts';

export const en: typeof fr = {
  title: 'Sign in',
  email: 'E-mail',
  password: 'Password',
  signIn: 'Sign in',
  lost: 'Lost your password? The administrator of your workspace can give you a new one.',
};
