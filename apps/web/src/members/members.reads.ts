import type { Data } from '../lib/api.ts';
import { read } from '../lib/reads.ts';

/** Members and open invitations. */
export const members = () => read('GET /api/v1/members', {});

export type Member = Data<'GET /api/v1/members'>['items'][number];
export type Invitation = Data<'GET /api/v1/members'>['invitations'][number];
