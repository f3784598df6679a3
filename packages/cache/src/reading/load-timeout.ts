/** A load took longer than its reader would wait. It goes on, and what it gives is stored. */
export class LoadTimeout extends Error {
  override readonly name = 'LoadTimeout';

  constructor(key: string, waited: number) {
    super(
      `${key} was not loaded within ${waited} ms. It is still being loaded: ask again, or wait longer (hardTimeout).`,
    );
  }
}
