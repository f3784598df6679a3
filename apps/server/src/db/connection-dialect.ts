import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { PoolClient } from 'pg';
import { statementName } from './statement-names.ts';

/** Kysely over one connection whose transaction somebody else opens and ends. */
export class ConnectionDialect implements Dialect {
  readonly #client: PoolClient;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  createDriver(): Driver {
    return new ConnectionDriver(this.#client);
  }

  createQueryCompiler() {
    return new PostgresQueryCompiler();
  }

  createAdapter() {
    return new PostgresAdapter();
  }

  createIntrospector(db: ConstructorParameters<typeof PostgresIntrospector>[0]) {
    return new PostgresIntrospector(db);
  }
}

class ConnectionDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(client: PoolClient) {
    this.#connection = new PipelinedConnection(client);
  }

  async init() {}
  async acquireConnection() {
    return this.#connection;
  }
  async beginTransaction() {
    throw new Error('A transaction is open already: the door opened it.');
  }
  async commitTransaction() {
    throw new Error('The door commits.');
  }
  async rollbackTransaction() {
    throw new Error('The door rolls back.');
  }
  async releaseConnection() {}
  async destroy() {}
}

class PipelinedConnection implements DatabaseConnection {
  readonly #client: PoolClient;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const result = await this.#client.query<Record<string, unknown>>({
      name: statementName(query.sql),
      text: query.sql,
      values: [...query.parameters],
    });
    return {
      rows: result.rows as Row[], // Kysely's types describe the columns this statement selects
      ...(result.rowCount === null ? {} : { numAffectedRows: BigInt(result.rowCount) }),
    };
  }

  // oxlint-disable-next-line require-yield -- cursors cannot share a pipelined connection
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('Streaming needs a connection of its own.');
  }
}
