/** One value a filter can take, and what people call it. */
export interface FilterChoice {
  readonly value: string;
  readonly label: string;
}

/** Something a list can be narrowed by. */
export interface RecordFilter<Name extends string = string> {
  /** Its name in the address and the API. */
  readonly name: Name;
  readonly label: string;
  /** A hook: what can be chosen, given what is typed; undefined while it is asked. Not given: any text. */
  readonly useChoices?: (typed: string) => readonly FilterChoice[] | undefined;
  /** A hook: what a value is called. Not given: the value itself. */
  readonly useLabel?: (value: string) => string;
}
