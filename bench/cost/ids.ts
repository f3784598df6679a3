/** Rows of schema.sql's organisations. */
const organisations = 10_000;

export const workspace = '10000000-0000-4000-8000-000000000000';
export const somebody = '20000000-0000-4000-8000-000000000000';

/** Any organisation's id. */
export function anyOrganisation(): string {
  const number = Math.floor(Math.random() * organisations);
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}
