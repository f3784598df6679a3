/** A key or namespace lies where others keep what is no cache's. */
export class ProtectedKey extends Error {
  override readonly name = 'ProtectedKey';

  constructor(key: string, prefix: string) {
    super(
      `${key} is not the cache's: what begins with ${prefix} is protected. Choose another namespace or key.`,
    );
  }
}
