const sentences = {
  alone:
    'Another Vif serves this database already. Several may where all have the same Redis: stop that one, or set REDIS_URL for each.',
  another:
    'Another Vif serves this database already, and without this Redis. Stop that one, or set the same REDIS_URL for it.',
  elsewhere:
    'Another Vif serves this database already, and with another Redis. Set the same REDIS_URL for all of them.',
};

/** Another process keeps the authority of this database, and not one that this process shares. */
export class AuthorityTaken extends Error {
  override readonly name = 'AuthorityTaken';

  constructor(how: keyof typeof sentences) {
    super(sentences[how]);
  }
}

/** What is said of a process that served and cannot go on, because another does that has not its authority. */
export const cacheOff = {
  another: 'The cache is off: another Vif has this database, or our lost connection still counts.',
  elsewhere:
    'The cache is off: other Vifs serve this database with another Redis. Set the same REDIS_URL for all.',
};
