import { z } from 'zod';
import { text } from './text.ts';

/** The file's name is only repeated in messages; its bytes are the request's body (text/csv). */
export const importQuery = z.strictObject({ file: text(255).optional() });

/** A row that was not taken, or was taken with a remark: its line in the file (the header is line 1) and why. */
export const importRemark = z.strictObject({
  line: z.int(),
  /** The file's name for the column that the reason is about; null when it is about the row. */
  column: z.string().nullable(),
  code: z.string(),
  /** In the reader's language. */
  reason: z.string(),
  /** The row's cells as read, so that it can be mended and sent again. */
  cells: z.array(z.string()),
});

/** What became of an import. The whole file is one transaction: either all of this happened or nothing did. */
export const importAnswer = z.strictObject({
  /** Data rows in the file: those created, updated, unchanged, restored or rejected. */
  rows: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  /** Taken out of the bin and updated. */
  restored: z.int(),
  /** What stands between the file's cells. */
  separator: z.string(),
  /** Columns of the file and the fields they became; `null` was not taken. */
  columns: z.array(z.strictObject({ column: z.string(), field: z.string().nullable() })),
  header: z.array(z.string()),
  /** One a row, every reason in it. */
  rejected: z.array(importRemark),
  /** The first 10,000. */
  warnings: z.array(importRemark),
  warningTotal: z.int(),
});
