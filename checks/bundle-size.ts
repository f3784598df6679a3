import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { CheckResult } from './check-result.ts';
import { runTool } from './run-tool.ts';

/** What a phone on a slow line waits for before the first list shows (ui.md, 11). */
const mostBytes = 170_000;

/** The page whose chunks count beside the shell: the first list people see. */
const firstList = 'src/organisations/organisations-list-page.tsx';

/** A chunk of Vite's manifest: https://vite.dev/guide/backend-integration */
interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
}

/** Adds up the JavaScript of the first load, brotli-compressed as the server sends it. Builds when needed. */
export async function bundleSize(root: string): Promise<CheckResult> {
  const web = join(root, 'apps/web');
  if (!existsSync(join(web, 'index.html')))
    return { problems: [], read: 1, note: 'no apps/web/index.html yet' };

  const manifestFile = join(web, 'dist/.vite/manifest.json');
  if (!isFresh(root, manifestFile)) {
    const built = await runTool(root, 'vite', ['build', 'apps/web', '--logLevel', 'warn']);
    if (built.code !== 0) return { problems: [built.output], read: 1 };
  }
  // Vite wrote it, in the documented shape.
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Record<string, Chunk>;
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry);
  if (!entry || !manifest[firstList]) {
    return { problems: [`${manifestFile}: no ${entry ? firstList : 'entry'}`], read: 1 };
  }
  const files = withImports(manifest, [entry, firstList]);
  const bytes = files.reduce(
    (sum, file) => sum + brotliCompressSync(readFileSync(join(web, 'dist', file))).length,
    0,
  );
  const note = `${(bytes / 1000).toFixed(1)} kB brotli in ${files.length} files, at most ${mostBytes / 1000}`;
  return { problems: bytes > mostBytes ? [`first load: ${note}`] : [], read: files.length, note };
}

/** The files of some chunks and of all that they import statically, each once. */
function withImports(manifest: Record<string, Chunk>, keys: string[]): string[] {
  const reached = new Set(keys);
  for (const key of reached) for (const imported of manifest[key]?.imports ?? []) reached.add(imported);
  return [...reached].flatMap((key) => manifest[key]?.file ?? []).filter((file) => file.endsWith('.js'));
}

function isFresh(root: string, manifestFile: string): boolean {
  if (!existsSync(manifestFile)) return false;
  const built = statSync(manifestFile).mtimeMs;
  const sources = globSync(
    [
      'apps/web/{src,public}/**',
      'apps/web/*.{html,ts,json}',
      'packages/contract/src/**',
      'package-lock.json',
    ],
    { cwd: root },
  );
  return sources.every((file) => statSync(join(root, file)).mtimeMs < built);
}
