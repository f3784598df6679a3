// A shop on `pg`. It makes the schema `shop` in an empty database:
//   node examples/raw-pg.ts postgres://me@localhost/shop
import { installTracking, openTracked } from '@vif/cache-postgres';
import pg from 'pg';

const connectionString = process.argv[2] ?? 'postgres://localhost/shop';

// Once, as the owner of the tables; in a project it belongs to its migrations.
const owner = new pg.Client({ connectionString });
await owner.connect();
await owner.query(
  'create schema shop; create table shop.orders (id serial primary key, customer integer not null)',
);
await installTracking(owner);
// Reads that ask for one order, or for one customer's, depend on no other.
await owner.query(`select vif_cache.track('shop.orders', null, 'id', 'customer')`);

const { pool, cache, close } = await openTracked({ connectionString });

/** How many orders a customer has, and where that came from. */
async function countOf(customer: number): Promise<string> {
  const { value, from, tier } = await cache.read(`count:${customer}`, async () => {
    const text = 'select count(*)::int as count from shop.orders where customer = $1';
    const { rows } = await pool.query<{ count: number }>(text, [customer]);
    return rows[0]?.count;
  });
  return `${value} from ${tier ?? from}`;
}
const order = (customer: number) => pool.query('insert into shop.orders (customer) values ($1)', [customer]);

await order(7);
console.log(await countOf(7)); // 1 from load
console.log(await countOf(7)); // 1 from memory
await order(8);
console.log(await countOf(7)); // 1 from memory: it is another customer's
await order(7);
console.log(await countOf(7)); // 2 from load: who was told that it is written never sees the older one
const { invalidations = [] } = await cache.explain('count:7');
console.log(invalidations.map(({ operation, table }) => `${operation} ${table}`).join(', ')); // INSERT shop.orders

await close();
await owner.end();
