import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Manifest, packedManifest } from './packed-manifest.ts';
import { withContent } from './with-content.ts';

// `npm pack` runs this when it has written the tarball: the package.json in it gets the exports that name dist/. That of
// the checkout, whose exports name the sources, is never touched, so nothing that breaks off here can leave it changed.

const { npm_config_dry_run: dryRun, npm_config_pack_destination: destination, INIT_CWD: from } = process.env;
if (!dryRun) {
  // npm has read this very file.
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
  const name = `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`;
  const tarball = resolve(from ?? '.', destination || '.', name);
  const made = readFileSync(tarball);
  if (sumOf(made) !== process.env['npm_package_integrity']) {
    throw new Error(`${tarball} is not what npm packed: say where it goes with --pack-destination.`);
  }
  const text = `${JSON.stringify(packedManifest(manifest), null, 2)}\n`;
  const packed = gzipSync(withContent(gunzipSync(made), 'package/package.json', Buffer.from(text)), {
    level: 9,
  });
  writeFileSync(`${tarball}.part`, packed);
  renameSync(`${tarball}.part`, tarball);
  // Standard output belongs to npm, which may be asked for JSON.
  console.error(
    `${name}: the exports are those of dist. npm's own sums are of before; now it is ${sumOf(packed)}`,
  );
}

function sumOf(bytes: Buffer): string {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
}
