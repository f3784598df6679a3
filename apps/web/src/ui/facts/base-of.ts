import { type Fields, same } from '../../lib/conflict.ts';
import type { Base } from '../form/use-form.ts';

/**
 * What a change of one field is made from: the record as it is now, unless somebody changed this very field
 * since the edit began. Then it is what the person saw, whose version the server no longer has, so that they
 * are asked.
 * @param now the record as the query cache has it
 * @param begun as it was when the field was opened
 */
export function baseOf<V extends Fields>(now: Base<V>, begun: Base<V>, name: keyof V & string): Base<V> {
  return same(now.values[name], begun.values[name]) ? now : begun;
}
