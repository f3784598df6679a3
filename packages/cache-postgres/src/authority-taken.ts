/** Another process keeps the authority of this database, and only one may. */
export class AuthorityTaken extends Error {
  override readonly name = 'AuthorityTaken';

  constructor() {
    super('Another Vif serves this database already, and only one at a time may. Stop that one first.');
  }
}
