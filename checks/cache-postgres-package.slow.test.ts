import { globSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PostgresServer } from '@vif/cache-postgres/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packWorkspace } from './pack-workspace.ts';
import { PackedProject } from './packed-project.ts';

let project: PackedProject;
let server: PostgresServer;

/** Both packages as people get them, packed by npm's own command, in a project with nothing but what they ask for. */
beforeAll(async () => {
  project = new PackedProject('cache-postgres');
  server = await PostgresServer.start();
  for (const name of ['cache', 'cache-postgres']) {
    const packed = join(project.folder, name);
    mkdirSync(packed);
    await packWorkspace(`packages/${name}`, packed);
    const [tarball = ''] = globSync('*.tgz', { cwd: packed });
    // Unpacked as npm would; its dependencies come from this repository, without a network.
    const folder = join(project.folder, 'node_modules/@vif', name);
    mkdirSync(folder, { recursive: true });
    await project.run('tar', '-xzf', join(name, tarball), '--strip-components=1', '-C', folder);
  }
  project.write('package.json', '{ "name": "empty", "private": true, "type": "module" }');
  project.link('pg', 'libpg-query', 'drizzle-orm');
});

afterAll(async () => {
  await server.stop();
  project.remove();
});

test('it brings what was built, the SQL, its README and its licence, and nothing else', () => {
  const files = globSync('**/*', { cwd: project.installed, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(project.installed.length + 1)
        .replaceAll('\\', '/'),
    );
  const rest = files.filter((file) => !file.startsWith('dist/'));
  const sql = globSync('sql/*.sql', { cwd: project.source }).map((file) => file.replaceAll('\\', '/'));
  expect(rest.toSorted()).toEqual(['LICENSE', 'README.md', 'package.json', ...sql].toSorted());
  const built = files.filter((file) => file.startsWith('dist/'));
  expect(
    built.filter((file) => /\.test\.|tracked-database|soundness|cache\/src|examples/.test(file)),
  ).toEqual([]);
  const others = built.filter((file) => !/\.(d\.ts|js)$/.test(file));
  expect(others).toEqual(['dist/catalogue/read-catalogue.sql']);
  const [licence, ours] = project.licences();
  expect(licence).toBe(ours);
});

test('its exports are what was built, and it depends on the other package and the parser', () => {
  const packed: unknown = JSON.parse(readFileSync(join(project.installed, 'package.json'), 'utf8'));
  const entry = (module: string) => ({ types: `./dist/${module}.d.ts`, default: `./dist/${module}.js` });
  expect(packed).toHaveProperty('exports', {
    '.': entry('index'),
    './testing': entry('testing/index'),
  });
  const names: unknown = expect.any(String);
  expect(packed).toHaveProperty('dependencies', { '@vif/cache': names, 'libpg-query': names });
  expect(packed).not.toHaveProperty('scripts');
  expect(packed).not.toHaveProperty('devDependencies');
  expect(readFileSync(join(project.source, 'package.json'), 'utf8')).toBe(project.sourceManifest);
});

test('JavaScript uses it with the driver alone', async () => {
  project.write(
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
  expect(await project.run('node', 'program.js', await emptyDatabase('javascript'))).toBe(
    '0 load, 0 tier, 1 load',
  );
});

test('strict TypeScript compiles the examples against it, and they run', async () => {
  project.link('typescript', '@types/node', '@types/pg');
  const examples = globSync('*.ts', { cwd: join(project.source, 'examples') });
  expect(examples.toSorted()).toEqual(['drizzle.ts', 'raw-pg.ts']);
  for (const example of examples)
    project.write(example, readFileSync(join(project.source, 'examples', example), 'utf8'));
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
  project.write('tsconfig.json', JSON.stringify({ compilerOptions, files: examples }));
  expect(await project.run('tsc')).toBe('');
  for (const example of examples) {
    const program = `out/${example.replace('.ts', '.js')}`;
    const printed = await project.run('node', program, await emptyDatabase(example.replace('.ts', '')));
    expect(printed.split('\n').length, example).toBeGreaterThanOrEqual(4);
  }
});

test('its declarations are strict TypeScript’s too', async () => {
  project.link('typescript', '@types/node', '@types/pg');
  project.write('typed.ts', `export * from '@vif/cache-postgres';\n`);
  const compilerOptions = {
    target: 'es2024',
    module: 'nodenext',
    strict: true,
    skipLibCheck: false,
    noEmit: true,
  };
  project.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['typed.ts'] }));
  expect(await project.run('tsc')).toBe('');
});

async function emptyDatabase(name: string): Promise<string> {
  const { host, port, user } = server.connection;
  const client = new pg.Client(server.connection);
  await client.connect();
  await client.query(`create database "${name}"`);
  await client.end();
  return `postgres://${user}@${host}:${port}/${name}`;
}
