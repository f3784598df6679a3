import { hash } from 'node:crypto';
import type { Tag } from '@vif/cache';

/**
 * What a read depends on that sees a table, or one workspace's part of it: `any` write to that, and whatever went
 * through the whole table.
 * @param workspace the workspace column's `tagValue`, or `*` for a table that is everybody's
 * @param table with its schema, such as `data.organisations`
 * @example tableTags('*', 'shop.orders') // ['*:shop.orders:any', '*:shop.orders:bulk']
 */
export function tableTags(workspace: string, table: string): Tag[] {
  return [`${workspace}:${table}:any`, `*:${table}:bulk`];
}

/**
 * What a read depends on that sees only the rows whose tracked column has this value. The column must be one that the
 * table's triggers were given: else no write ever bumps the tag.
 * @param workspace as of `tableTags`
 * @param table with its schema
 * @param value the column's `tagValue`
 * @example columnTags('*', 'shop.orders', 'customer', '7') // ['*:shop.orders:customer=7', '*:shop.orders:bulk']
 */
export function columnTags(workspace: string, table: string, column: string, value: string): Tag[] {
  const tags = [`${workspace}:${table}:${column}=${value}`, `${workspace}:${table}:bulk`, `*:${table}:bulk`];
  return [...new Set(tags)]; // of everybody's table the last two are one
}

/**
 * What stands in tags for a column's value. Text is hashed, so that no name, address or token ever stands in an outbox,
 * in Redis or in a log.
 * @param value as PostgreSQL writes it out: a uuid in lower case, a number without leading zeros
 * @param type `text` for columns of text and varchar; `exact` for uuid, integers and boolean
 * @example tagValue('7', 'exact') // '7'
 */
export function tagValue(value: string, type: 'text' | 'exact'): string {
  return type === 'text' ? hash('sha256', value, 'base64').slice(0, 22) : value;
}
