// The same with Drizzle. It makes the schema `shop` in an empty database:
//   node examples/drizzle.ts postgres://me@localhost/shop
import { installTracking, openTracked } from '@vif/cache-postgres';
import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { integer, pgSchema, serial, text } from 'drizzle-orm/pg-core';
import pg from 'pg';

const connectionString = process.argv[2] ?? 'postgres://localhost/shop';
const shop = pgSchema('shop');
const customers = shop.table('customers', { id: serial().primaryKey(), name: text().notNull() });
const orders = shop.table('orders', {
  id: serial().primaryKey(),
  customer: integer().notNull(),
  article: text().notNull(),
});

// Once, as the owner of the tables; in a project it belongs to its migrations.
const owner = new pg.Client({ connectionString });
await owner.connect();
await owner.query(`create schema shop;
  create table shop.customers (id serial primary key, name text not null);
  create table shop.orders (
    id serial primary key, customer integer not null references shop.customers, article text not null
  )`);
await installTracking(owner);
// By their primary and foreign keys.
await owner.query(`select vif_cache.track_keys('shop.customers'), vif_cache.track_keys('shop.orders')`);

const { pool, cache, close } = await openTracked({ connectionString });
const db = drizzle(pool);

/** What a customer ordered, and where that came from. Nothing says what it depends on: the SQL does. */
async function ordersOf(id: number): Promise<string> {
  const { value, from, tier } = await cache.read(`orders:${id}`, () =>
    db
      .select({ name: customers.name, article: orders.article })
      .from(orders)
      .innerJoin(customers, eq(orders.customer, customers.id))
      .where(eq(customers.id, id))
      .orderBy(orders.id),
  );
  return `${value.map(({ name, article }) => `${name}: ${article}`).join(', ')} (from ${tier ?? from})`;
}

const [ada, grace] = await db
  .insert(customers)
  .values([{ name: 'Ada' }, { name: 'Grace' }])
  .returning();
if (!ada || !grace) throw new Error('two customers were inserted');
await db.insert(orders).values({ customer: ada.id, article: 'tea' });
console.log(await ordersOf(ada.id)); // Ada: tea (from load)
console.log(await ordersOf(ada.id)); // Ada: tea (from memory)
await db.transaction(async (tx) => {
  await tx.insert(orders).values({ customer: grace.id, article: 'milk' });
  await tx.update(customers).set({ name: 'Grace H.' }).where(eq(customers.id, grace.id));
});
console.log(await ordersOf(ada.id)); // Ada: tea (from memory): that was Grace
await db.update(customers).set({ name: 'Ada L.' }).where(eq(customers.id, ada.id));
console.log(await ordersOf(ada.id)); // Ada L.: tea (from load)

await close();
await owner.end();
