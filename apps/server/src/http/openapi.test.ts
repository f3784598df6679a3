import { Validator } from '@seriousme/openapi-schema-validator';
import { type Route, routes } from '@vif/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
beforeAll(async () => {
  vif = await startVif();
});
afterAll(() => vif.close());

interface Operation {
  readonly operationId: string;
  readonly parameters?: { name: string; in: string; required: boolean }[];
  readonly requestBody?: unknown;
  readonly security: unknown[];
  readonly responses: Record<string, { content?: Record<string, unknown> }>;
}

const document = async () =>
  (await vif.ask('/api/v1/openapi.json')).json<{
    openapi: string;
    paths: Record<string, Record<string, Operation>>;
  }>();

describe('the API’s description', () => {
  it('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(await document());
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
    expect((await document()).openapi).toMatch(/^3\.1\./);
  });

  it('has every route of the contract with what it takes and answers, and nothing else', async () => {
    const { paths } = await document();
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(
        ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const,
      ),
    );
    const all = Object.values<Route>(routes);
    expect(described.map(([place]) => place).toSorted()).toEqual(
      all.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`).toSorted(),
    );
    for (const route of all) {
      const operation = described.find(([, { operationId }]) => operationId === route.name)?.[1];
      const named = (place: string) =>
        operation?.parameters?.filter((one) => one.in === place).map(({ name }) => name) ?? [];
      expect(named('path'), route.name).toEqual(Object.keys(route.params?.shape ?? {}));
      expect(named('query'), route.name).toEqual(Object.keys(route.query?.shape ?? {}));
      expect(named('header'), route.name).toEqual(route.ifMatch ? ['If-Match'] : []);
      expect(operation?.requestBody !== undefined, route.name).toBe(
        route.body !== undefined || route.name.endsWith('.import'),
      );
      expect(operation?.security.length, route.name).toBe(route.access === 'public' ? 0 : 1);
      const done = operation?.responses[String(route.answer ? (route.status ?? 200) : 204)];
      expect(Object.keys(done?.content ?? {}), route.name).toEqual(route.answer ? ['application/json'] : []);
    }
  });

  it('asks nothing of the query that has a default', async () => {
    const { paths } = await document();
    const required = paths['/api/v1/organisations']?.['get']?.parameters?.filter((one) => one.required);
    expect(required).toEqual([]);
  });
});

describe('its browser', () => {
  it('opens under a policy that runs no inline script, with its files beside it', async () => {
    const page = await vif.ask('/api/docs');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    const links = [...page.body.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(2);
    for (const link of links) expect((await vif.ask(link)).statusCode, link).toBe(200);
    expect(page.body).not.toMatch(/<script(?![^>]* src=)[^>]*>|\son\w+=/);
  });
});
