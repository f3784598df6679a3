import type { Cache } from '@vif/cache';
import type { Role } from '@vif/contract/permissions';
import type { ChangeLog } from '../changes/change-log.ts';
import type { OpaqueTags } from '../changes/opaque-tags.ts';
import type { Database } from '../db/database.ts';
import type { Entry } from './entry.ts';

export type Language = 'fr' | 'en';

export interface Workspace {
  readonly id: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2; reads phone numbers that name no country. */
  readonly country: string;
}

/** Who asks, where and as what: made once a request, from the session alone, never from what the caller says. */
export interface RequestContext {
  readonly database: Database;
  /** Answers of the read door; absent where nothing is read, as in joining and setting up. */
  readonly answers?: Cache<Entry>;
  /** Where the changes stand that browsers are told of, and the tags as this person sees them. */
  readonly changes?: Pick<ChangeLog, 'at'>;
  readonly opaque?: Pick<OpaqueTags, 'textOf'>;
  readonly requestId: string;
  readonly language: Language;
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  readonly workspace: Workspace;
  readonly role: Role;
  readonly sessionId: string;
}
