import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startSharedTestServer } from '../db/embedded/shared-test-server.ts';
import { migrate } from '../db/migrate.ts';
import { ensureRoles } from '../db/roles.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The owner's connection to the one PostgreSQL of this run, JSON as it crosses to the workers. */
    postgres: pg.ClientConfig;
    /** A migrated, empty database that each test file clones. */
    template: string;
  }
}

/** Starts one PostgreSQL for the run and migrates the template that every test file's database is cloned from. */
export default async function setup(project: TestProject) {
  const server = await startSharedTestServer();
  const template = `template_${randomUUID().slice(0, 8)}`;
  const owner = new pg.Client(server.connection);
  await owner.connect();
  await owner.query(`create database ${template}`);
  await owner.end();
  const inTemplate = new pg.Client({ ...server.connection, database: template });
  await inTemplate.connect();
  await migrate(inTemplate);
  await ensureRoles(inTemplate, undefined);
  await inTemplate.end();
  project.provide('postgres', server.connection);
  project.provide('template', template);
  return () => server.stop();
}
