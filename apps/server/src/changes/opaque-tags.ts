import { createHmac } from 'node:crypto';
import { dependencies, type Tag } from '@vif/cache';
import type { Role } from '@vif/contract/permissions';

/** Characters of a tag as a client sees it: 48 bits. Two that are the same by chance make one reader ask once too often. */
const length = 8;
/** Of an answer with more tags nothing is told, and it is not followed: proxies take but a few kilobytes of headers. */
const mostTold = 400;
/** Tags, lists and places remembered each. */
const most = 5000;
/** Where a tag that begins with a workspace's uuid has its first hyphen and its first colon; asked of each tag and socket. */
const [hyphen, colon] = [8, 36];

/**
 * Tags as who works in one workspace as one role sees them. Nobody can tell what they stand for, and those of another
 * workspace or of a role that one had before fit nothing: so nobody hears of what they may not read.
 */
export class OpaqueTags {
  readonly #key: Buffer;
  /** How tags of the workspace's rows begin. */
  readonly #own: string;
  readonly #of = new Map<Tag, string>();
  /** Of lists that say the same, one text. */
  readonly #texts = new Map<string, string>();
  /** A hit finds its list here: it is the entry's own. */
  readonly #ofList = new WeakMap<readonly Tag[], string>();

  constructor(secret: string, workspaceId: string, role: string) {
    this.#own = `${workspaceId}:`;
    this.#key = createHmac('sha256', secret).update(`changes of ${workspaceId} ${role}`).digest();
  }

  /**
   * Whether an answer here can depend on it. Other workspaces' are most of what is bumped: to make and remember their
   * opaque tags in every place would cost the more the more workspaces are open.
   */
  mayBeHeld(tag: Tag): boolean {
    const isSomeWorkspaces = tag[colon] === ':' && tag[hyphen] === '-' && !tag.startsWith('*');
    return !isSomeWorkspaces || tag.startsWith(this.#own);
  }

  of(tag: Tag): string {
    let opaque = this.#of.get(tag);
    if (opaque === undefined) {
      opaque = createHmac('sha256', this.#key).update(tag).digest('base64url').slice(0, length);
      if (this.#of.size === most) this.#of.clear();
      this.#of.set(tag, opaque);
    }
    return opaque;
  }

  /** Those of an outcome, separated by commas. */
  textOf(tags: readonly Tag[]): string {
    let text = this.#ofList.get(tags);
    if (text === undefined) {
      const known = dependencies(tags);
      if (known.length > mostTold) return '';
      const all = known.join('\n');
      text = this.#texts.get(all) ?? known.map((tag) => this.of(tag)).join();
      if (this.#texts.size === most) this.#texts.clear();
      this.#texts.set(all, text);
      this.#ofList.set(tags, text);
    }
    return text;
  }
}

/** The opaque tags of every workspace and role. */
export class OpaquePlaces {
  readonly #secret: string;
  readonly #places = new Map<string, OpaqueTags>();

  constructor(secret: string) {
    this.#secret = secret;
  }

  in(workspaceId: string, role: Role): OpaqueTags {
    const place = `${workspaceId} ${role}`;
    let tags = this.#places.get(place);
    if (!tags) {
      tags = new OpaqueTags(this.#secret, workspaceId, role);
      if (this.#places.size === most) this.#places.clear();
      this.#places.set(place, tags);
    }
    return tags;
  }
}
