import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CsvError } from '../csv/csv-error.ts';
import type { RequestContext } from '../doors/context.ts';
import { VifError } from '../problems/vif-error.ts';
import { importRefusal } from './import-refusal.ts';
import type { ImportFile } from './import-rows.ts';
import { csvSentence, sizeLimit } from './sentences.ts';
import { type Uploads, UploadTooLarge, uploadLimit } from './uploads.ts';

/** What an import's handler is given by `serve`. */
interface ImportRequest {
  readonly query: { readonly file?: string | undefined };
  readonly raw: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * Takes the CSV file of a request to disk and lets `work` import it when its turn has come. The file is gone
 * afterwards, whatever happened; and when the client goes, so does the work at its next batch.
 *
 * @throws {VifError} `unsupported_type`, `too_large`, `too_many_requests`, `invalid_csv` with the reason in the reader's language
 * @example receiveImport(uploads, ctx, request, (file) => write(ctx, 'people.import', (db) => importPeople(db, ctx, file)))
 */
export async function receiveImport<T>(
  uploads: Uploads,
  ctx: RequestContext,
  { query, raw, reply }: ImportRequest,
  work: (file: ImportFile) => Promise<T>,
): Promise<T> {
  const { body } = raw;
  if (!(body instanceof Readable)) throw new VifError('unsupported_type');
  const interrupted = (cause?: unknown) => importRefusal('interrupted', ctx.language, {}, cause);
  const tooLarge = () => new VifError('too_large', { values: { limit: sizeLimit(ctx.language) } });
  if (Number(raw.headers['content-length']) > uploadLimit) throw tooLarge();

  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort(interrupted());
  });
  const place = uploads.reserve(ctx.user.id);
  try {
    await using upload = await uploads.receive(body, uploadLimit);
    return await uploads.inTurn(() => {
      gone.signal.throwIfAborted();
      return work({ path: upload.path, signal: gone.signal });
    });
  } catch (error) {
    if (error instanceof UploadTooLarge) throw tooLarge();
    if (error instanceof CsvError) {
      const sentence = csvSentence(error.problem, ctx.language);
      const reason = query.file === undefined ? sentence : `${query.file}: ${sentence}`;
      throw new VifError('invalid_csv', { cause: error, values: { reason } });
    }
    throw body.errored === error ? interrupted(error) : error;
  } finally {
    place.release();
  }
}
