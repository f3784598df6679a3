import { execSync } from 'node:child_process';
import { copyFileSync, existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Manifest, packedManifest } from './packed-manifest.ts';

// `npm pack` runs this in a package's folder before it packs: it makes dist/ anew from what the exports reach, and nothing
// else.

const folder = process.cwd();
const dist = join(folder, 'dist');

if (process.env['npm_command'] === 'publish') {
  // npm would send the tarball that repack.ts never saw.
  throw new Error(
    'npm publish of this folder gives a package without its exports: npm pack, then publish the file.',
  );
}
rmSync(dist, { recursive: true, force: true });
execSync('tsc --project tsconfig.build.json', { cwd: folder, stdio: 'inherit' });
// What imports another package of ours was compiled with its sources, which are its own to pack.
const own = join(dist, basename(folder), 'src');
if (existsSync(own)) {
  const compiled = `${dist}-compiled`;
  rmSync(compiled, { recursive: true, force: true });
  renameSync(dist, compiled);
  renameSync(join(compiled, basename(folder), 'src'), dist);
  rmSync(compiled, { recursive: true });
}
for (const file of globSync('**/*.sql', { cwd: join(folder, 'src') }))
  copyFileSync(join(folder, 'src', file), join(dist, file));
for (const file of globSync('**/*.d.ts', { cwd: dist })) {
  const path = join(dist, file);
  writeFileSync(path, forConsumers(readFileSync(path, 'utf8')));
}
// npm has read this very file.
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
for (const [entry, built] of Object.entries(packedManifest(manifest).exports)) {
  const missing = Object.values(built).filter((file) => !existsSync(join(folder, file)));
  if (missing.length > 0)
    throw new Error(`${entry} has no ${missing.join(', ')}: is its source in tsconfig.build.json?`);
}

/**
 * tsc rewrites `./a.ts` in modules and leaves it in declarations, which not all that read them understand. And it says no
 * longer that a declaration needs Node's types, which compilers since TypeScript 6 do not look for by themselves.
 */
function forConsumers(declaration: string): string {
  const text = declaration.replaceAll(/(\b(?:from |import\())(["'])(\.\.?\/[^"']+)\.ts\2/g, '$1$2$3.js$2');
  const needsNode = /\b(?:Buffer|NodeJS)\b|["']node:/.test(text);
  return needsNode ? `/// <reference types="node" />\n${text}` : text;
}
