interface Named {
  readonly firstName: string | null;
  readonly lastName: string;
}

/**
 * What a person is called.
 * @example personName({ firstName: 'Ada', lastName: 'Lovelace' }) // 'Ada Lovelace'
 */
export function personName({ firstName, lastName }: Named): string {
  return firstName ? `${firstName} ${lastName}` : lastName;
}
