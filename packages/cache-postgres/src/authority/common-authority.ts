/** An authority outside the process, which several processes share: it can say which one it is. */
export interface CommonAuthority {
  /**
   * What it is called; undefined when it has no name yet, or lost it with everything else.
   * @throws when it cannot be asked
   */
  name(): Promise<string | undefined>;
  /**
   * Gives it a name unless it has one, and answers the one it has then.
   * @throws when it cannot be asked
   */
  call(name: string): Promise<string>;
}
