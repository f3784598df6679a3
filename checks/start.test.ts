import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { expect, test } from 'vitest';
import { runTool } from './run-tool.ts';

const root = join(import.meta.dirname, '..');
const start = join(root, 'apps/server/start.js');

test('the launcher says in English and French what to do under an old Node', async () => {
  const old = "Object.defineProperty(process, 'versions', { value: { node: '20.19.0' } })";
  const { code, output } = await runTool(root, 'node', ['--import', `data:text/javascript,${old}`, start]);
  expect(output.split('\n')).toEqual([
    expect.stringMatching(/^Vif needs Node 24 or newer and this is Node 20\.19\.0: run "npm install"/),
    expect.stringMatching(
      /^Vif demande Node 24 ou plus récent et ceci est Node 20\.19\.0 : lancez « npm install »/,
    ),
  ]);
  expect(code).toBe(1);
});

test('the launcher is no module, so that a Node which knows none can parse it', () => {
  expect(() => new Script(readFileSync(start, 'utf8'))).not.toThrow();
});

test('the launcher names the commands there are when asked for another', async () => {
  const { code, output } = await runTool(root, 'node', [start, 'improt']);
  expect(output).toBe('There is no "improt" here; choose one of: server, import, seed, password.');
  expect(code).toBe(1);
});
