import type { fr } from './messages.fr.ts';

export const en: typeof fr = {
  title: (workspace) => `Join ${workspace}`,
  checking: 'Checking the invitation…',
  newcomer: (email) => `Create your account for ${email}.`,
  known: (email) => `You already have an account for ${email}. Confirm that it is you.`,
  name: 'Your name',
  password: 'Password',
  passwordHint: 'At least 12 characters; a phrase does very well.',
  yourPassword: 'Your password',
  join: 'Join',
  invalidTitle: 'This invitation is no longer valid',
  invalid: 'It was used, has expired or was cancelled. Ask the administrator for a new link.',
  invitation: 'Invitation',
  signIn: 'Sign in',
  retry: 'Try again',
};
