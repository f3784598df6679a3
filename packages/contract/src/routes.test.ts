import { expect, it } from 'vitest';
import { routes } from './index.ts';

it('has one route per name and one name per place', () => {
  const places = Object.values(routes).map((route) => `${route.method} ${route.path}`);
  expect(places.length).toBeGreaterThan(30);
  expect(new Set(places).size).toBe(places.length);
});

it('asks the version wherever a record is changed in place', () => {
  expect(routes['organisations.update'].ifMatch).toBe(true);
  expect(routes['people.update'].ifMatch).toBe(true);
});
