import type { fr } from './messages.fr.ts';

export const en: typeof fr = {
  title: 'Change password',
  intro: 'Your other devices will be signed out.',
  current: 'Current password',
  next: 'New password',
  nextHint: 'At least 12 characters; a phrase does very well.',
  save: 'Change password',
  done: 'Password changed. Your other devices are signed out.',
};
