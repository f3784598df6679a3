const sentences = {
  alone:
    'Another process serves this database already. Several may where all have the same Redis: stop that one, or give each the same (Vif: REDIS_URL).',
  another:
    'Another process serves this database already, and without this Redis. Stop that one, or give it the same Redis (Vif: REDIS_URL).',
  elsewhere:
    'Another process serves this database already, and with another Redis. Give all of them the same (Vif: REDIS_URL).',
};

/** Another process keeps the authority of this database, and not one that this process shares. */
export class AuthorityTaken extends Error {
  override readonly name = 'AuthorityTaken';

  constructor(how: keyof typeof sentences) {
    super(sentences[how]);
  }
}
