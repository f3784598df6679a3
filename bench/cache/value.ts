/** What is cached: about 1 kB as JSON, as a record of a CRM is. */
export interface Value {
  readonly id: number;
  readonly name: string;
  readonly notes: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly version: number;
}

const words = 'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor';

/** A value of its own at each call, as a load gives one. */
export function valueOf(id: number): Value {
  const fields: Record<string, string> = {};
  for (let at = 0; at < 8; at++) fields[`field${at}`] = `${words.slice(at, at + 50)} ${id}`;
  return {
    id,
    name: `Organisation ${id}`,
    notes: `${id} ${words} ${words} ${words} ${words}`,
    fields,
    version: 1,
  };
}
