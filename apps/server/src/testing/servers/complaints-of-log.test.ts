import { expect, it } from 'vitest';
import { complaintsOfLog } from './complaints-of-log.ts';

it('finds stack traces, unhandled rejections and errors, and nothing in what may be said', () => {
  const fine = ['Vif is ready: http://127.0.0.1:3000', '{"level":40,"err":{"stack":"at x.ts:1"}}', ''];
  const bad = ['    at run (file:///x.ts:3:4)', 'UnhandledPromiseRejection', '{"level":50,"msg":"internal"}'];
  expect(complaintsOfLog([...fine, ...bad].join('\n'))).toEqual(bad);
});
