import type { fr } from './messages.fr.ts';

export const en: typeof fr = {
  title: 'Welcome to Vif',
  intro: 'Create your workspace and its first administrator. This address works once.',
  workspace: 'Workspace name',
  workspaceHint: 'Your company or team, as its members call it.',
  country: 'Country',
  countryHint: 'To read phone numbers and addresses that name no country.',
  name: 'Your name',
  email: 'Your e-mail',
  password: 'Password',
  passwordHint: 'At least 12 characters; a phrase does very well.',
  create: 'Create the workspace',
  usedTitle: 'This address was used already',
  used: 'Vif is set up. Sign in, or ask the administrator to invite you.',
  signIn: 'Sign in',
  checking: 'Checking the address…',
  retry: 'Try again',
};
