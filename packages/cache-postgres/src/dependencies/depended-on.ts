import type { Tag } from '@vif/cache';
import { columnTags, tableTags, tagValue } from '../tracking/tags.ts';
import { mayBeMoment } from './moments.ts';
import { refuse } from './refusal.ts';
import { type Sent, textsOf } from './terms.ts';
import type { Narrowed, TableRead, Understood } from './understand.ts';

/**
 * What a read depends on with the parameters that it was sent with.
 * @throws {Refusal} when that cannot be known
 */
export function dependedOn(read: Extract<Understood, { kind: 'read' }>, sent: Sent): Tag[] {
  const moment = sent.values.find(mayBeMoment);
  if (moment !== undefined) refuse('a parameter may be read as a moment that moves');
  const unknown = read.settings.find((name) => !sent.settings.has(name));
  if (unknown !== undefined) refuse(`it reads the setting ${unknown}, which its load did not set`);
  return read.tables.flatMap((table) => tagsOfTable(table, sent));
}

function tagsOfTable({ table, workspace, narrowed }: TableRead, sent: Sent): Tag[] {
  const whose = workspace ? textsOf(workspace.values, workspace.family, sent) : ['*'];
  if (!whose) return refuse(`it cannot be known whose rows of ${table} it reads`);
  const kind = workspace?.family === 'text' ? 'text' : 'exact';
  return whose.flatMap((one) => narrowest(tagValue(one, kind), table, narrowed, sent));
}

/** By the first column whose values are known. */
function narrowest(whose: string, table: string, narrowed: readonly Narrowed[], sent: Sent): Tag[] {
  for (const { column, family, values } of narrowed) {
    const texts = textsOf(values, family, sent);
    if (texts)
      return texts.flatMap((text) =>
        columnTags(whose, table, column, tagValue(text, family === 'text' ? family : 'exact')),
      );
  }
  return tableTags(whose, table);
}
