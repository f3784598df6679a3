import {
  type Awaitable,
  type Cache,
  canonicalKey,
  type Explanation,
  type Namespace,
  type Outcome,
} from '@vif/cache';
import { type Route, type RouteAnswer, type RouteName, routes } from '@vif/contract';
import type { Db } from '../db/database.ts';
import { VifError } from '../problems/vif-error.ts';
import { cacheStatus, keyParameter, neverCached } from './cache-status.ts';
import type { RequestContext, Workspace } from './context.ts';
import { Entry } from './entry.ts';
import { requirePermission } from './permission.ts';
import { type ReadName, type ReadPolicy, readPolicies } from './policies.ts';
import { readNamespace } from './read-namespace.ts';

/** An answer of the read door. */
export interface Answered {
  readonly entry: Entry;
  /** RFC 9211 `Cache-Status`. */
  readonly cacheStatus: string;
  /** The contract's `dependsHeader`; absent of what is never cached. */
  readonly depends?: string | undefined;
}

/**
 * The one way to read: checks the permission and answers from the cache, or else runs `loader` on one snapshot of the
 * context's workspace, checks what it gives against the contract and keeps its bytes until something they were read
 * from is written, which the SQL of `loader` tells. `params` is what the answer depends on besides the context's workspace
 * and the reach of its role; `loader` may depend on nothing else.
 *
 * @throws {VifError} `forbidden`, or whatever the loader throws
 * @example read(ctx, 'organisations.get', params, (db) => getOrganisation(db, params.id))
 */
export function read<N extends ReadName>(
  ctx: RequestContext,
  name: N,
  params: object,
  loader: (db: Db) => Promise<RouteAnswer<N>>,
): Awaitable<Answered> {
  const scope = requirePermission(ctx, name);
  const load = async () =>
    Entry.of(answerOf(name, await ctx.database.read({ workspaceId: ctx.workspace.id }, loader)));
  const policy: ReadPolicy = readPolicies[name];
  if (!ctx.answers || 'uncached' in policy) return uncached(load);
  const at = ctx.changes?.at; // before it is read: what is bumped from here on may not be in it
  const { key, namespace, named } = askedFor(ctx, ctx.answers, name, scope, params);
  const hit = namespace.hit<Entry>(key);
  if (hit) return answered(ctx, at, hit, named);
  return namespace
    .read(
      key,
      async () => {
        const entry = await load();
        keepWeighed(namespace, key, entry);
        return entry;
      },
      { ttl: policy.ttl * 1000, bytes: bytesOf, guard: 'as is' },
    )
    .then((outcome) => answered(ctx, at, outcome, named));
}

/** What `Vif-Depends` says of an answer whose changes nobody will be told. */
const notFollowed = 'none';

async function uncached(load: () => Promise<Entry>): Promise<Answered> {
  return { entry: await load(), cacheStatus: neverCached };
}

function answered(
  { opaque }: RequestContext,
  at: string | undefined,
  outcome: Outcome<Entry>,
  named: string,
): Answered {
  const isKnown = at !== undefined && outcome.refused === undefined;
  // Said in any case: a browser that asks whether its answer still holds keeps the headers that a 304 does not name.
  const depends = opaque && (isKnown ? `${at} ${opaque.textOf(outcome.tags)}` : notFollowed);
  return { entry: outcome.value, cacheStatus: cacheStatus(outcome, named), depends };
}

/** Not a function inside `read`: that would keep who asked, the loader and its parameters as long as the entry lives. */
function keepWeighed(namespace: Namespace<Entry>, key: string, entry: Entry): void {
  entry.onGrow((bytes) => namespace.reweigh(key, entry, bytes));
}

const bytesOf = (entry: Entry) => entry.bytes;

/** What is asked for, in words that no other read and no other parameters have. */
interface Asked {
  readonly name: ReadName;
  readonly text: string;
  /** As the Cache-Status says it. */
  readonly named: string;
  /** Of each workspace and reach, where its answer is held. */
  readonly places: WeakMap<Workspace, Map<string, Place>>;
}

/** Where an answer is held. */
interface Place {
  readonly answers: Cache<Entry>;
  readonly namespace: Namespace<Entry>;
  readonly key: string;
  readonly named: string;
}

/** Parameters that were asked with before are the same object (http/read-input.ts), whose text need not be written again. */
const askedWith = new WeakMap<object, Asked>();

function askedFor(
  { workspace, user }: RequestContext,
  answers: Cache<Entry>,
  name: ReadName,
  scope: 'all' | 'own',
  params: object,
): Place {
  const { text, named, places } = textFor(name, params);
  // A workspace is the same object as long as the session that says it is held.
  let ofWorkspace = places.get(workspace);
  if (!ofWorkspace) {
    ofWorkspace = new Map<string, Place>();
    places.set(workspace, ofWorkspace);
  }
  const whose = scope === 'own' ? user.id : scope;
  let place = ofWorkspace.get(whose);
  if (place?.answers !== answers) {
    const key = heldKey(workspace, whose, text);
    place = { answers, namespace: answers.namespace(readNamespace(workspace.id, name)), key, named };
    ofWorkspace.set(whose, place);
  }
  return place;
}

/** Of everything in the context that a loader may read, and of how far the role reaches. */
function heldKey({ country }: Workspace, whose: string, text: string): string {
  return `${country}/${whose}:${text}`;
}

/**
 * Why an answer to who reads all of the workspace was read again, and what the next read does.
 * @param text as the Cache-Status says it
 * @throws {VifError} `not_found` when it is no read's
 */
export async function explainRead(
  { workspace }: RequestContext,
  answers: Cache<Entry>,
  text: string,
): Promise<Explanation> {
  const name = text.split(':', 2).join('.');
  if (!isReadName(name)) throw new VifError('not_found');
  const policy: ReadPolicy = readPolicies[name];
  const namespace = answers.namespace<Entry>(readNamespace(workspace.id, name));
  const explanation = await namespace.explain(heldKey(workspace, 'all', text));
  return 'uncached' in policy ? { ...explanation, notKept: policy.uncached } : explanation;
}

function isReadName(name: string): name is ReadName {
  return Object.hasOwn(readPolicies, name);
}

function textFor(name: ReadName, params: object): Asked {
  const known = askedWith.get(params);
  if (known?.name === name) return known;
  const text = `${name.replace('.', ':')}:${canonicalKey(params)}`;
  const asked: Asked = { name, text, named: keyParameter(text), places: new WeakMap() };
  askedWith.set(params, asked);
  return asked;
}

/** An answer as the contract has it; a row that does not fit is a fault of ours, found here and not by a client. */
export function answerOf(name: RouteName, answer: unknown): unknown {
  const { answer: schema }: Route = routes[name];
  return schema ? schema.parse(answer) : undefined;
}
