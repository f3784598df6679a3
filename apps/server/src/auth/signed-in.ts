import type { Membership } from './memberships.ts';

/** Who a session's cookie stands for. */
export interface SignedIn {
  readonly sessionId: string;
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  readonly memberships: readonly Membership[];
  /** The membership the session works in; undefined when it is over. */
  readonly active: Membership | undefined;
}
