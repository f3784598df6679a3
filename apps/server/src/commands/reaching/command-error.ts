/** A command cannot do what it was asked; the person reads the message, a sentence in their language. */
export class CommandError extends Error {}
