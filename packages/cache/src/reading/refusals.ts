/** How many keys' reasons are kept: what is refused is a few kinds of reads, asked for with many parameters. */
const most = 1000;

/** Why what was loaded last of a key was not kept, for who asks why it is loaded each time. */
export class Refusals {
  readonly #reasons = new Map<string, string>();

  of(key: string): string | undefined {
    return this.#reasons.get(key);
  }

  refused(key: string, reason: string): void {
    this.#reasons.delete(key); // so that the first is the one that was refused the longest ago
    this.#reasons.set(key, reason);
    if (this.#reasons.size <= most) return;
    for (const oldest of this.#reasons.keys()) {
      this.#reasons.delete(oldest);
      return;
    }
  }

  kept(key: string): void {
    if (this.#reasons.size > 0) this.#reasons.delete(key);
  }
}
