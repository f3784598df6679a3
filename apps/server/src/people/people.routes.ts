import type { FastifyInstance } from 'fastify';
import { read } from '../doors/read.ts';
import { write } from '../doors/write.ts';
import { longestBodyTime } from '../http/body-time.ts';
import { serve } from '../http/serve.ts';
import { receiveImport } from '../imports/receive-import.ts';
import type { Uploads } from '../imports/uploads.ts';
import { binRecord, restoreRecord } from '../records/bin.ts';
import { findLikePeople } from './people.duplicates.ts';
import { importPeople } from './people.import.ts';
import { countPeople, getPerson, listPeople, searchPeople } from './people.queries.ts';
import { createPerson, updatePerson } from './people.writes.ts';

export function peopleRoutes(app: FastifyInstance, uploads: Uploads): void {
  serve(app, 'people.list', (ctx, { query }) =>
    read(ctx, 'people.list', query, (db) => listPeople(db, query)),
  );
  serve(app, 'people.count', (ctx, { query }) =>
    read(ctx, 'people.count', query, (db) => countPeople(db, query)),
  );
  serve(app, 'people.search', (ctx, { query }) =>
    read(ctx, 'people.search', query, (db) => searchPeople(db, query.q)),
  );
  serve(app, 'people.duplicates', (ctx, { query }) =>
    read(ctx, 'people.duplicates', query, (db) => findLikePeople(db, query, ctx.workspace.country)),
  );
  serve(app, 'people.get', (ctx, { params }) =>
    read(ctx, 'people.get', params, (db) => getPerson(db, params.id)),
  );
  serve(app, 'people.create', (ctx, { body }) =>
    write(ctx, 'people.create', (db) => createPerson(db, ctx, body)),
  );
  serve(app, 'people.update', (ctx, { params, body, version }) =>
    write(ctx, 'people.update', (db) => updatePerson(db, ctx, params.id, version, body)),
  );
  serve(app, 'people.delete', (ctx, { params }) =>
    write(ctx, 'people.delete', (db) => binRecord(db, 'app.people', params.id)),
  );
  serve(app, 'people.restore', (ctx, { params }) =>
    write(ctx, 'people.restore', async (db) => {
      await restoreRecord(db, 'app.people', params.id);
      return getPerson(db, params.id);
    }),
  );
  serve(
    app,
    'people.import',
    (ctx, request) =>
      receiveImport(uploads, ctx, request, (file) =>
        write(ctx, 'people.import', (db) => importPeople(db, ctx, file)),
      ),
    { bodyTime: longestBodyTime },
  );
}
