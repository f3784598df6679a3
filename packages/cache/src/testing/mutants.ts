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

/** Eight rules by the names of the exhaustive model, and what bounded memory, tiers, expiry and sets by hand add. */
export const mutations = {
  ackAfterBump: {
    file: 'acknowledge.ts',
    from: 'await authority.bump(changed);',
    to: 'void Promise.resolve(authority.bump(changed));',
  },
  position: {
    file: 'reading/loads.ts',
    from: 'await this.#hold(asked, loaded, position);',
    to: 'await this.#hold(asked, loaded, (await stack.authority.position())!);',
  },
  epochInPosition: {
    file: 'reading/loads.ts',
    from: 'await this.#hold(asked, loaded, position);',
    to: 'await this.#hold(asked, loaded, { ...position, epoch: (await stack.authority.position())!.epoch });',
  },
  epochInToken: {
    file: 'stack/tier-stack.ts',
    from: 'const verdict = this.authority.check(stored.token);',
    to: `const verdict = Promise.resolve(this.authority.position()).then((position) =>
      this.authority.check({ ...stored.token, epoch: position!.epoch }));`,
  },
  checkJoiners: {
    file: 'reading/loads.ts',
    from: 'if (usable) landing = { usable, value: shared };',
    to: 'landing = { usable: true, value: shared };',
  },
  sealBeforeCheck: {
    file: 'reading/loads.ts',
    from: "      flight.seal();\n      if ('error' in loaded) {",
    to: "      if ('error' in loaded) {",
  },
  checkOwnRead: {
    file: 'stack/tier-stack.ts',
    from: 'const verdict = this.authority.check(stored.token);',
    to: `const shared = (this as any)['checks'] ??= new Map();
    if (!shared.has(stored.token)) shared.set(stored.token, this.authority.check(stored.token));
    const verdict = shared.get(stored.token);`,
  },
  freshEpoch: {
    file: 'memory/memory-authority.ts',
    from: '  forget(): void {\n    this.#epoch = randomUUID();',
    to: '  forget(): void {',
  },
  floor: {
    file: 'memory/memory-authority.ts',
    from: 'this.#floor = last;',
    to: '',
  },
  checkOwnFarRead: {
    file: 'stack/tier-stack.ts',
    from: 'const found = stored ? await this.#judge(far.tier.name, stored) : absent;',
    to: `const judged = ((this as any)['judged'] ??= new Map());
      if (stored && !judged.has(stored)) judged.set(stored, this.#judge(far.tier.name, stored));
      const found = (stored && (await judged.get(stored))) ?? absent;`,
  },
  checkAdopted: {
    file: 'reading/loads.ts',
    from: "if ((await stack.authority.check(stored.token)) === 'current') landing = { usable: true, value };",
    to: 'landing = { usable: true, value };',
  },
  tokenOfPromoted: {
    file: 'stack/tier-stack.ts',
    from: 'this.#holdNearer(from, key, stored);',
    to: `void Promise.resolve(this.authority.position()).then((position) =>
      this.#holdNearer(from, key, { ...stored, token: { ...stored.token, ...position! } }));`,
  },
  positionOfLook: {
    file: 'reading/loads.ts',
    from: 'await this.#hold(asked, loaded, position);',
    to: 'await this.#hold(asked, loaded, (found.position && (await stack.look(asked.key)).position) ?? position);',
  },
  setAsOfItsBump: {
    file: 'engine.ts',
    from: 'const position = await authority.bump(entries.map(({ asked }) => asked.key));',
    to: 'const position = (await authority.bump(entries.map(({ asked }) => asked.key))) && (await authority.position());',
  },
  bumpBeforeDeleting: {
    file: 'engine.ts',
    from: '    await this.invalidate(keys);\n',
    to: '',
  },
} as const satisfies Record<string, Mutation>;

export type Rule = keyof typeof mutations;

/** Those of what is done by hand, which a race of reads and writes does not do. */
export const byHand: readonly Rule[] = ['setAsOfItsBump', 'bumpBeforeDeleting'];

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
