/** Why what a statement depends on cannot be known. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** @throws {Refusal} */
export function refuse(reason: string): never {
  throw new Refusal(reason);
}
