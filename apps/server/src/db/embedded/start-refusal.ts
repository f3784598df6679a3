/** Why Vif did not start, for those who act on it; the person reads the message. */
export type StartRefusalCode = 'data-folder' | 'data-folder-in-use' | 'database';

/**
 * Vif cannot start, and the administrator can do something about it. `message` is one or more plain
 * sentences that say what happened and what to do; print it without the stack.
 *
 * @example
 * if (error instanceof StartRefusal) { console.error(error.message); process.exitCode = 1; }
 */
export class StartRefusal extends Error {
  readonly code: StartRefusalCode;

  constructor(code: StartRefusalCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StartRefusal';
    this.code = code;
  }
}
