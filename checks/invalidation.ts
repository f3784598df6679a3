import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CallExpression, type ImportSpecifier, parseSync, Visitor } from 'oxc-parser';
import type { CheckResult } from './check-result.ts';
import { isTest, sourceFiles } from './source-files.ts';

const apart = [
  // What the lease was told goes on to the authority there, of every write alike.
  'apps/server/src/house-cache.ts',
  'apps/server/src/house-redis.ts',
  // Programs beside the server, which cache nothing, and what the API's pages call tags.
  'apps/server/src/commands/',
  'apps/server/src/http/openapi.ts',
];
/** What an answer depends on is told there, to browsers and to who asks why, as it was found out. */
const told = ['apps/server/src/changes/', 'apps/server/src/monitoring/'];

const tagMakers = new Set(['columnTags', 'tableTags', 'tagValue']);
const invalidators = new Set([
  'bump',
  'invalidate',
  'invalidateTags',
  'invalidatePattern',
  'deleteMany',
  'setMany',
]);
const table = /^(?:data|auth)\."?\w+"?$/;

/**
 * What an answer of the server depends on comes from its SQL, and what a write invalidates from the triggers: nothing in the
 * server's own code may say it a second time, since it would one day say less.
 */
export function invalidation(root: string): CheckResult {
  const files = sourceFiles(root).filter(
    (file) =>
      file.startsWith('apps/server/src/') && !isTest(file) && !file.startsWith('apps/server/src/testing/'),
  );
  const problems = files
    .filter((file) => !apart.some((one) => file.startsWith(one)))
    .flatMap((file) =>
      faultsIn(file, readFileSync(join(root, file), 'utf8')).map(
        ({ line, says }) => `${file}:${line}: ${says}`,
      ),
    );
  return { problems, read: files.length };
}

interface Fault {
  readonly line: number;
  readonly says: string;
}

function faultsIn(file: string, source: string): Fault[] {
  const faults: Fault[] = [];
  const add = (offset: number, says: string) =>
    faults.push({ line: source.slice(0, offset).split('\n').length, says });
  new Visitor({
    ImportSpecifier({ imported, start }: ImportSpecifier) {
      const name = imported.type === 'Identifier' ? imported.name : imported.value;
      if (tagMakers.has(name)) add(start, `makes tags by hand with ${name}`);
    },
    CallExpression({ callee, start }: CallExpression) {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      if (invalidators.has(callee.property.name))
        add(start, `invalidates by hand with ${callee.property.name}`);
    },
    Property({ key, start, value }) {
      const isTags = key.type === 'Identifier' && key.name === 'tags' && value?.type === 'ArrayExpression';
      if (isTags && !told.some((one) => file.startsWith(one)))
        add(start, 'says by tags what an answer depends on');
    },
    Literal({ value, start }) {
      if (typeof value === 'string' && table.test(value)) add(start, `lists the table ${value}`);
    },
  }).visit(parseSync(file, source).program);
  return faults;
}
