import { z } from 'zod';
import { email } from './contact-fields.ts';
import { country } from './country.ts';
import { role } from './members.ts';
import { route } from './route.ts';
import { text } from './text.ts';

/** NIST SP 800-63B-4 §3.1.1.2: length is what counts, no composition rules; 128 bounds the hashing. */
export const newPassword = z.string().min(12).max(128);

const workspace = z.strictObject({ id: z.uuid(), name: z.string(), country, role });

export const me = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  workspace,
  /** Every workspace one is a member of. */
  workspaces: z.array(workspace),
});

export const sessionRoutes = {
  signIn: route({
    name: 'session.signIn',
    method: 'POST',
    path: '/api/auth/sign-in/email',
    summary: 'Sign in; the session is a cookie',
    access: 'public',
    body: z.strictObject({ email: z.string().trim().max(254), password: z.string().max(128) }),
    status: 204,
  }),
  signOut: route({
    name: 'session.signOut',
    method: 'POST',
    path: '/api/auth/sign-out',
    summary: 'End this session',
    access: 'public',
    status: 204,
  }),
  me: route({
    name: 'me.get',
    method: 'GET',
    path: '/api/v1/me',
    summary: 'Who is signed in, where and as what',
    access: 'session',
    answer: me,
  }),
  changePassword: route({
    name: 'me.changePassword',
    method: 'POST',
    path: '/api/v1/me/password',
    summary: 'Change one’s password; every other session ends',
    access: 'session',
    body: z.strictObject({ current: z.string().max(128), next: newPassword }),
    status: 204,
  }),
  switchWorkspace: route({
    name: 'me.switchWorkspace',
    method: 'PUT',
    path: '/api/v1/me/workspace',
    summary: 'Work in another workspace one is a member of',
    access: 'session',
    body: z.strictObject({ id: z.uuid() }),
    answer: me,
  }),
};

/** 43 characters of base64url: 256 random bits. */
const setupToken = z.string().regex(/^[\w-]{43}$/);

export const setupRoutes = {
  get: route({
    name: 'setup.get',
    method: 'GET',
    path: '/api/v1/setup/:token',
    summary: 'Whether the set-up address still works; 404 once it was used',
    access: 'public',
    params: z.strictObject({ token: setupToken }),
    answer: z.strictObject({ open: z.literal(true) }),
  }),
  run: route({
    name: 'setup.run',
    method: 'POST',
    path: '/api/v1/setup/:token',
    summary: 'Make the first administrator and workspace, once',
    access: 'public',
    params: z.strictObject({ token: setupToken }),
    body: z.strictObject({ workspace: text(100), country, name: text(100), email, password: newPassword }),
    status: 204,
  }),
};
