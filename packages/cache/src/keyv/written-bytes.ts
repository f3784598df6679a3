/** What a process put somewhere that does not bound itself, and what has to leave so that it stays within a bound. */
export class WrittenBytes {
  readonly #maxBytes: number;
  /** Bytes by name, the one used longest ago first; nothing where there is no bound. */
  readonly #sizes = new Map<string, number>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  fits(bytes: number): boolean {
    return bytes <= this.#maxBytes;
  }

  /** Notes what is being written, and answers what has to leave for it. */
  wrote(name: string, bytes: number): string[] {
    if (this.#maxBytes === Infinity) return [];
    this.forget(name);
    this.#sizes.set(name, bytes);
    this.#bytes += bytes;
    const leaving: string[] = [];
    for (const one of this.#sizes.keys()) {
      if (this.#bytes <= this.#maxBytes) break;
      this.forget(one);
      leaving.push(one);
    }
    return leaving;
  }

  used(name: string): void {
    const bytes = this.#sizes.get(name);
    if (bytes === undefined) return;
    this.#sizes.delete(name);
    this.#sizes.set(name, bytes);
  }

  forget(name: string): void {
    this.#bytes -= this.#sizes.get(name) ?? 0;
    this.#sizes.delete(name);
  }

  forgetAll(): void {
    this.#sizes.clear();
    this.#bytes = 0;
  }
}
