/** This package's package.json, as far as packing reads it. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** What one entry is made of in the tarball. */
type Built = Readonly<Record<'types' | 'default', string>>;

type Packed = Pick<Manifest, 'name' | 'version'> & { readonly exports: Readonly<Record<string, Built>> };

/**
 * The package.json of the tarball: its exports name what was built of each source, and what only this repository needs is
 * left out.
 *
 * @throws {Error} when an export names no TypeScript source
 */
export function packedManifest({
  scripts: _scripts,
  devDependencies: _devDependencies,
  ...kept
}: Manifest): Packed {
  const entries = Object.entries(kept.exports);
  return { ...kept, exports: Object.fromEntries(entries.map(([path, source]) => [path, builtOf(source)])) };
}

function builtOf(source: string): Built {
  const [, module] = /^\.\/src\/(.+)\.ts$/.exec(source) ?? [];
  if (!module) throw new Error(`package.json exports ${source}: name a file as ./src/redis/index.ts.`);
  return { types: `./dist/${module}.d.ts`, default: `./dist/${module}.js` };
}
