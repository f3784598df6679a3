import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A rule of the protocol, and how the real code is changed so that it no longer keeps it. */
interface Mutation {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** The eight rules by the names of the exhaustive model, and one that the bounded memory of the authority adds. */
export const mutations = {
  ackAfterBump: {
    file: 'acknowledge.ts',
    from: 'await authority.bump(changed);',
    to: 'void Promise.resolve(authority.bump(changed));',
  },
  position: {
    file: 'cache.ts',
    from: 'const token = tokenOf(position, ',
    to: 'const token = tokenOf((await this.#authority.position())!, ',
  },
  epochInPosition: {
    file: 'cache.ts',
    from: 'const token = tokenOf(position, ',
    to: 'const token = tokenOf({ ...position, epoch: (await this.#authority.position())!.epoch }, ',
  },
  epochInToken: {
    file: 'cache.ts',
    from: 'await this.#authority.check(found.token)',
    to: 'await this.#authority.check({ ...found.token, epoch: (await this.#authority.position())!.epoch })',
  },
  checkJoiners: {
    file: 'cache.ts',
    from: 'if (usable) landing = { usable, value: { ...loaded, stored } };',
    to: 'landing = { usable: true, value: { ...loaded, stored } };',
  },
  sealBeforeCheck: {
    file: 'cache.ts',
    from: '      flight.seal();\n      const token',
    to: '      const token',
  },
  checkOwnRead: {
    file: 'cache.ts',
    from: 'const verdict = await this.#authority.check(found.token);',
    to: `const shared = (this as any)['checks'] ??= new Map();
    if (!shared.has(found.token)) shared.set(found.token, this.#authority.check(found.token));
    const verdict = await shared.get(found.token);`,
  },
  freshEpoch: {
    file: 'memory-authority.ts',
    from: '  forget(): void {\n    this.#epoch = randomUUID();',
    to: '  forget(): void {',
  },
  floor: {
    file: 'memory-authority.ts',
    from: 'this.#floor = last;',
    to: '',
  },
} as const satisfies Record<string, Mutation>;

export type Rule = keyof typeof mutations;
export type Engine = typeof import('../index.ts');

/**
 * The real code without one of its rules, as modules of its own.
 * @throws {Error} when the code no longer has the text that the mutation changes
 */
export async function engineWithout(rule: Rule): Promise<Engine> {
  const { file, from, to } = mutations[rule];
  const folder = await mkdtemp(join(tmpdir(), `vif-cache-without-${rule}-`));
  try {
    await cp(fileURLToPath(new URL('..', import.meta.url)), folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    const path = join(folder, file);
    const source = await readFile(path, 'utf8');
    if (source.split(from).length !== 2) throw new Error(`${file} does not have once: ${from}`);
    await writeFile(
      path,
      source.replace(from, () => to),
    );
    const address = pathToFileURL(join(folder, 'index.ts')).href;
    return (await import(/* @vite-ignore */ address)) as Engine; // a copy of that very module but for one rule
  } finally {
    await rm(folder, { recursive: true });
  }
}
