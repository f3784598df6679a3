/** Something to choose: its value and how people call it. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}
