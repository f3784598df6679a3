import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PostgresServer } from '@vif/cache-postgres/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packWorkspace } from './pack-workspace.ts';
import { runTool } from './run-tool.ts';

const repository = join(import.meta.dirname, '..');
const source = join(repository, 'packages/cache-postgres');
const sourceManifest = readFileSync(join(source, 'package.json'), 'utf8');
let project = '';
let installed = '';
let server: PostgresServer;

/** Both packages as people get them, packed by npm's own command, in a project with nothing but what they ask for. */
beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'vif-postgres-package-'));
  installed = join(project, 'node_modules/@vif/cache-postgres');
  server = await PostgresServer.start();
  for (const name of ['cache', 'cache-postgres']) {
    const packed = join(project, name);
    mkdirSync(packed);
    await packWorkspace(`packages/${name}`, packed);
    const [tarball = ''] = globSync('*.tgz', { cwd: packed });
    // Unpacked as npm would; its dependencies come from this repository, without a network.
    const folder = join(project, 'node_modules/@vif', name);
    mkdirSync(folder, { recursive: true });
    await run(packed, 'tar', '-xzf', tarball, '--strip-components=1', '-C', folder);
  }
  write('package.json', '{ "name": "empty", "private": true, "type": "module" }');
  link('pg', 'libpg-query', 'drizzle-orm');
});

afterAll(async () => {
  await server.stop();
  rmSync(project, { recursive: true, force: true });
});

test('it brings what was built, the SQL, its README and its licence, and nothing else', () => {
  const files = globSync('**/*', { cwd: installed, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(installed.length + 1)
        .replaceAll('\\', '/'),
    );
  const rest = files.filter((file) => !file.startsWith('dist/'));
  const sql = globSync('sql/*.sql', { cwd: source }).map((file) => file.replaceAll('\\', '/'));
  expect(rest.toSorted()).toEqual(['LICENSE', 'README.md', 'package.json', ...sql].toSorted());
  const built = files.filter((file) => file.startsWith('dist/'));
  expect(
    built.filter((file) => /\.test\.|tracked-database|soundness|cache\/src|examples/.test(file)),
  ).toEqual([]);
  const others = built.filter((file) => !/\.(d\.ts|js)$/.test(file));
  expect(others).toEqual(['dist/catalogue/read-catalogue.sql']);
  const licence = (folder: string) => readFileSync(join(folder, 'LICENSE'), 'utf8');
  expect(licence(installed)).toBe(licence(repository));
});

test('its exports are what was built, and it depends on the other package and the parser', () => {
  const packed: unknown = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  const entry = (module: string) => ({ types: `./dist/${module}.d.ts`, default: `./dist/${module}.js` });
  expect(packed).toHaveProperty('exports', {
    '.': entry('index'),
    './testing': entry('testing/index'),
  });
  const names: unknown = expect.any(String);
  expect(packed).toHaveProperty('dependencies', { '@vif/cache': names, 'libpg-query': names });
  expect(packed).not.toHaveProperty('scripts');
  expect(packed).not.toHaveProperty('devDependencies');
  expect(readFileSync(join(source, 'package.json'), 'utf8')).toBe(sourceManifest);
});

test('JavaScript uses it with the driver alone', async () => {
  write(
    'program.js',
    `import { installTracking, openTracked } from '@vif/cache-postgres';
     import pg from 'pg';
     const connectionString = process.argv[2];
     const owner = new pg.Client({ connectionString });
     await owner.connect();
     await owner.query('create table notes (id integer primary key, body text)');
     await installTracking(owner);
     await owner.query("select vif_cache.track_keys('public.notes')");
     const { pool, cache, close } = await openTracked({ connectionString });
     const count = () => cache.read('count', async () => (await pool.query('select id from notes')).rowCount);
     const answers = [await count(), await count()];
     await pool.query("insert into notes values (1, 'a')");
     answers.push(await count());
     console.log(answers.map(({ value, from }) => value + ' ' + from).join(', '));
     await close();
     await owner.end();`,
  );
  expect(await run(project, 'node', 'program.js', await emptyDatabase('javascript'))).toBe(
    '0 load, 0 tier, 1 load',
  );
});

test('strict TypeScript compiles the examples against it, and they run', async () => {
  link('typescript', '@types/node', '@types/pg');
  const examples = globSync('*.ts', { cwd: join(source, 'examples') });
  expect(examples.toSorted()).toEqual(['drizzle.ts', 'raw-pg.ts']);
  for (const example of examples) write(example, readFileSync(join(source, 'examples', example), 'utf8'));
  const compilerOptions = {
    target: 'es2024',
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true, // Drizzle's declarations name drivers that are not here
    outDir: 'out',
    rootDir: '.',
  };
  write('tsconfig.json', JSON.stringify({ compilerOptions, files: examples }));
  expect(await run(project, 'tsc')).toBe('');
  for (const example of examples) {
    const program = `out/${example.replace('.ts', '.js')}`;
    const printed = await run(project, 'node', program, await emptyDatabase(example.replace('.ts', '')));
    expect(printed.split('\n').length, example).toBeGreaterThanOrEqual(4);
  }
});

test('its declarations are strict TypeScript’s too', async () => {
  link('typescript', '@types/node', '@types/pg');
  write('typed.ts', `export * from '@vif/cache-postgres';\n`);
  const compilerOptions = {
    target: 'es2024',
    module: 'nodenext',
    strict: true,
    skipLibCheck: false,
    noEmit: true,
  };
  write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['typed.ts'] }));
  expect(await run(project, 'tsc')).toBe('');
});

async function emptyDatabase(name: string): Promise<string> {
  const { host, port, user } = server.connection;
  const client = new pg.Client(server.connection);
  await client.connect();
  await client.query(`create database "${name}"`);
  await client.end();
  return `postgres://${user}@${host}:${port}/${name}`;
}

function write(file: string, text: string): void {
  writeFileSync(join(project, file), text);
}

/** Puts packages of this repository beside it, as if they had been installed. */
function link(...names: string[]): void {
  for (const name of names) {
    const path = join(project, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    rmSync(path, { force: true });
    const own = join(source, 'node_modules', name);
    symlinkSync(existsSync(own) ? own : join(repository, 'node_modules', name), path);
  }
}

/** What a command prints; one that fails fails the test. */
async function run(folder: string, tool: string, ...args: string[]): Promise<string> {
  const { code, output } = await runTool(folder, tool, args);
  if (code !== 0) throw new Error(`${tool} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}
