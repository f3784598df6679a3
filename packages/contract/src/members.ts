import { z } from 'zod';
import { email } from './contact-fields.ts';
import { idParams } from './page.ts';
import { roles } from './permissions.ts';
import { route } from './route.ts';
import { text } from './text.ts';

export const role = z.enum(roles);

export const member = z.strictObject({
  /** The user's id, which is what a record's `ownerId` names. */
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role,
  joinedAt: z.iso.datetime({ offset: true }),
  organisations: z.int(),
  people: z.int(),
});

export const invitation = z.strictObject({
  id: z.uuid(),
  email: z.string(),
  role,
  invitedBy: z.string(),
  expiresAt: z.iso.datetime({ offset: true }),
});

const members = (action: 'read' | 'create' | 'update' | 'delete') =>
  ({ resource: 'members', action }) as const;

export const memberRoutes = {
  owners: route({
    name: 'owners.list',
    method: 'GET',
    path: '/api/v1/owners',
    summary: 'The members a record can belong to',
    access: { resource: 'owners', action: 'read' },
    answer: z.strictObject({ items: z.array(z.strictObject({ id: z.uuid(), name: z.string() })) }),
  }),
  list: route({
    name: 'members.list',
    method: 'GET',
    path: '/api/v1/members',
    summary: 'Members and open invitations',
    access: members('read'),
    answer: z.strictObject({ items: z.array(member), invitations: z.array(invitation) }),
  }),
  invite: route({
    name: 'members.invite',
    method: 'POST',
    path: '/api/v1/members/invitations',
    summary: 'Make a one-time link by which somebody joins; a newer link for the same address replaces it',
    access: members('create'),
    body: z.strictObject({ email, role }),
    /** The link is shown once; only its hash is kept. */
    answer: invitation.extend({ link: z.url() }),
    status: 201,
  }),
  cancelInvitation: route({
    name: 'members.cancelInvitation',
    method: 'DELETE',
    path: '/api/v1/members/invitations/:id',
    summary: 'Make an invitation’s link useless',
    access: members('delete'),
    params: idParams,
    status: 204,
  }),
  update: route({
    name: 'members.update',
    method: 'PATCH',
    path: '/api/v1/members/:id',
    summary: 'Change a member’s role; their sessions end',
    access: members('update'),
    params: idParams,
    body: z.strictObject({ role }),
    answer: member,
  }),
  remove: route({
    name: 'members.remove',
    method: 'DELETE',
    path: '/api/v1/members/:id',
    summary:
      'Remove a member; their sessions end and their records pass to `successor`, or to who removes them',
    access: members('delete'),
    params: idParams,
    query: z.strictObject({ successor: z.uuid().toLowerCase().optional() }),
    status: 204,
  }),
};

/** 43 characters of base64url: 256 random bits. */
const tokenParams = z.strictObject({ token: z.string().regex(/^[\w-]{43}$/) });

export const invitationRoutes = {
  get: route({
    name: 'invitations.get',
    method: 'GET',
    path: '/api/v1/invitations/:token',
    summary: 'What an invitation’s link leads to',
    access: 'public',
    params: tokenParams,
    answer: z.strictObject({ email: z.string(), workspace: z.string(), hasAccount: z.boolean() }),
  }),
  accept: route({
    name: 'invitations.accept',
    method: 'POST',
    path: '/api/v1/invitations/:token/accept',
    summary: 'Join the workspace; who has no account yet makes one, who has one proves it by their password',
    access: 'public',
    params: tokenParams,
    body: z.strictObject({ name: text(100).optional(), password: z.string().min(1).max(128) }),
    status: 204,
  }),
};
