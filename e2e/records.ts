import type { APIRequestContext, APIResponse } from '@playwright/test';
import type { RouteInput } from '@vif/contract';

type Organisation = RouteInput<'organisations.create'>['body'];
type Person = RouteInput<'people.create'>['body'];

interface Made {
  readonly id: string;
}

/** Makes an organisation without the pages, for a test that is about something else. */
export async function makeOrganisation(request: APIRequestContext, data: Organisation): Promise<Made> {
  return made(await request.post('/api/v1/organisations', { data }));
}

/** Makes a person without the pages. */
export async function makePerson(request: APIRequestContext, data: Person): Promise<Made> {
  return made(await request.post('/api/v1/people', { data }));
}

/** Makes many organisations at once, the way an administrator does: `name,city,category` a line. */
export async function importOrganisations(
  request: APIRequestContext,
  lines: readonly string[],
): Promise<void> {
  const response = await request.post('/api/v1/organisations/import', {
    headers: { 'content-type': 'text/csv' },
    data: `name,city,category\n${lines.join('\n')}\n`,
  });
  if (!response.ok()) throw new Error(`The import answered ${response.status()}: ${await response.text()}`);
}

async function made(response: APIResponse): Promise<Made> {
  if (response.status() !== 201) throw new Error(`${response.status()}: ${await response.text()}`);
  return (await response.json()) as Made; // the contract's answer
}
