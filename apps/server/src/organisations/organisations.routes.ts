import type { FastifyInstance } from 'fastify';
import { read } from '../doors/read.ts';
import { write } from '../doors/write.ts';
import { longestBodyTime } from '../http/body-time.ts';
import { serve } from '../http/serve.ts';
import { receiveImport } from '../imports/receive-import.ts';
import type { Uploads } from '../imports/uploads.ts';
import { binRecord, restoreRecord } from '../records/bin.ts';
import { findLikeOrganisations } from './organisations.duplicates.ts';
import { importOrganisations } from './organisations.import.ts';
import {
  countOrganisations,
  getOrganisation,
  listCategories,
  listOrganisations,
  searchOrganisations,
} from './organisations.queries.ts';
import { createOrganisation, updateOrganisation } from './organisations.writes.ts';

export function organisationRoutes(app: FastifyInstance, uploads: Uploads): void {
  serve(app, 'organisations.list', (ctx, { query }) =>
    read(ctx, 'organisations.list', query, (db) => listOrganisations(db, query)),
  );
  serve(app, 'organisations.count', (ctx, { query }) =>
    read(ctx, 'organisations.count', query, (db) => countOrganisations(db, query)),
  );
  serve(app, 'organisations.search', (ctx, { query }) =>
    read(ctx, 'organisations.search', query, (db) => searchOrganisations(db, query.q)),
  );
  serve(app, 'organisations.categories', (ctx) => read(ctx, 'organisations.categories', {}, listCategories));
  serve(app, 'organisations.duplicates', (ctx, { query }) =>
    read(ctx, 'organisations.duplicates', query, (db) =>
      findLikeOrganisations(db, query, ctx.workspace.country),
    ),
  );
  serve(app, 'organisations.get', (ctx, { params }) =>
    read(ctx, 'organisations.get', params, (db) => getOrganisation(db, params.id)),
  );
  serve(app, 'organisations.create', (ctx, { body }) =>
    write(ctx, 'organisations.create', (db) => createOrganisation(db, ctx, body)),
  );
  serve(app, 'organisations.update', (ctx, { params, body, version }) =>
    write(ctx, 'organisations.update', (db) => updateOrganisation(db, ctx, params.id, version, body)),
  );
  serve(app, 'organisations.delete', (ctx, { params }) =>
    write(ctx, 'organisations.delete', (db) => binRecord(db, 'app.organisations', params.id)),
  );
  serve(app, 'organisations.restore', (ctx, { params }) =>
    write(ctx, 'organisations.restore', async (db) => {
      await restoreRecord(db, 'app.organisations', params.id);
      return getOrganisation(db, params.id);
    }),
  );
  serve(
    app,
    'organisations.import',
    (ctx, request) =>
      receiveImport(uploads, ctx, request, (file) =>
        write(ctx, 'organisations.import', (db) => importOrganisations(db, ctx, file)),
      ),
    { bodyTime: longestBodyTime },
  );
}
