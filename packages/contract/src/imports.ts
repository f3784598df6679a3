import { z } from 'zod';
import { text } from './text.ts';

/** The file's name is only repeated in messages; its bytes are the request's body (text/csv). */
export const importQuery = z.strictObject({ file: text(255).optional() });

/** A row that was not taken, or was taken with a remark: its line in the file (the header is line 1) and why. */
export const importRemark = z.strictObject({
  line: z.int(),
  column: z.string().nullable(),
  code: z.string(),
  /** In the reader's language. */
  reason: z.string(),
  /** The row's cells as read, so that it can be mended and sent again. */
  cells: z.array(z.string()),
});

/** What became of an import. The whole file is one transaction: either all of this happened or nothing did. */
export const importAnswer = z.strictObject({
  /** Data rows in the file. */
  rows: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  restored: z.int(),
  /** Columns of the file and the fields they became; `null` was not taken. */
  columns: z.array(z.strictObject({ column: z.string(), field: z.string().nullable() })),
  header: z.array(z.string()),
  rejected: z.array(importRemark),
  warnings: z.array(importRemark),
});
