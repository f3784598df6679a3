/** Ends a pause early. What rang before the pause began counts too, until it was answered. */
export class Doorbell {
  #rung = false;
  #resume: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#resume?.();
  }

  /** What rang so far is being seen to. */
  answer(): void {
    this.#rung = false;
  }

  async pause(milliseconds: number): Promise<void> {
    if (this.#rung) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    this.#resume = resolve;
    await promise;
    this.#resume = undefined;
    clearTimeout(timer);
  }
}
