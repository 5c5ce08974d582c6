import fc from 'fast-check';
import { poolOf, type LendingPool } from '@slipway/event-store';
import { overPostgres } from '../../../../../tools/testing/over-postgres.ts';
import { openStore } from '../open-store.js';
import { QueueItems } from './queue-items.js';
import { QueuePartitions } from './queue-partitions.js';
import { queueSizes } from './queue-sizes.js';
import { sweepState } from './sweep-state.js';

const NOW = 1_700_000_000_000;
const DAY_MS = 24 * 3_600_000;

let pool: LendingPool;
let partitions: QueuePartitions;
/** Those of two gateways. */
let items: readonly [QueueItems, QueueItems];
let made = 0;

const unique = (): string => `${process.pid}-${Date.now()}-${(made += 1)}`;
const newPartition = () => ({ queueId: `qu-${unique()}`, partition: Buffer.from('p') });
type OfPartition = ReturnType<typeof newPartition>;

const put = (partition: OfPartition, values: readonly string[], more: object = {}) =>
  partitions.put({
    ...partition,
    values: values.map((value) => Buffer.from(value)),
    lifeMs: DAY_MS,
    receiptId: unique(),
    at: NOW,
    ...more,
  });
const take = async (partition: OfPartition, most: number, more: object = {}, gateway = 0) =>
  (await items[gateway]!.take({ ...partition, most, receiptId: unique(), at: NOW, ...more })).map(String);
const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `${from + index}`);

/** As two gateways have them. */
const openTwo = async (databaseUrl: string) => {
  const stores = [await openStore(databaseUrl), await openStore(databaseUrl)] as const;
  return { stores, close: () => Promise.all(stores.map((orm) => orm.close())) };
};
overPostgres(openTwo, async ({ stores }) => {
  pool = await poolOf(stores[0]);
  partitions = new QueuePartitions(pool);
  items = [new QueueItems(pool), new QueueItems(await poolOf(stores[1]))];
});

test('a queue answers as a list does, whatever is done with it', async () => {
  const step = fc.oneof(
    fc.record({
      do: fc.constant('put' as const),
      values: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }),
    }),
    fc.record({ do: fc.constant('take' as const), most: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ do: fc.constant('clear' as const) }),
    fc.record({ do: fc.constant('sweep' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const partition = newPartition();
      let model: string[] = [];
      for (const one of steps) {
        if (one.do === 'put') {
          await put(partition, one.values);
          model.push(...one.values);
        } else if (one.do === 'take') {
          expect(await take(partition, one.most)).toEqual(model.slice(0, one.most));
          model = model.slice(one.most);
        } else if (one.do === 'clear') {
          await partitions.clear(partition.queueId, partition.partition, unique(), NOW);
          model = [];
        } else await sweepState(pool, NOW + 3_600_000);
        expect(await partitions.size(partition, NOW)).toBe(model.length);
      }
      const seen = await items[0].peek({ ...partition, most: 1_000, at: NOW });
      expect(seen.map((item) => String(item.value))).toEqual(model);
    }),
    { numRuns: 40 },
  );
}, 60_000);

test('many who put and many who take, in two gateways: every item once, each putter’s in order', async () => {
  const partition = newPartition();
  const putter = async (name: number) => {
    for (let index = 0; index < 50; index += 1) await put(partition, [`${name}/${index}`]);
  };
  const got: string[][] = [];
  const taker = async (gateway: number) => {
    const mine: string[] = [];
    got.push(mine);
    while (got.flat().length < 400) mine.push(...(await take(partition, 3, {}, gateway)));
  };
  await Promise.all([
    ...Array.from({ length: 8 }, (_, name) => putter(name)),
    ...Array.from({ length: 8 }, (_, index) => taker(index % 2)),
  ]);
  const all = got.flat();
  expect(all).toHaveLength(400);
  expect(new Set(all).size).toBe(400);
  for (const mine of got)
    for (let name = 0; name < 8; name += 1) {
      const order = mine
        .filter((value) => value.startsWith(`${name}/`))
        .map((value) => Number(value.slice(2)));
      expect(order).toEqual(order.toSorted((left, right) => left - right));
    }
}, 60_000);

test('a take that is asked again gets the same items, and a put that is puts nothing more', async () => {
  const partition = newPartition();
  const [putOnce, takeOnce] = [unique(), unique()];
  await put(partition, numbers(5), { receiptId: putOnce });
  await put(partition, numbers(5), { receiptId: putOnce });
  expect(await take(partition, 2, { receiptId: takeOnce })).toEqual(['0', '1']);
  expect(await take(partition, 2, { receiptId: takeOnce }, 1)).toEqual(['0', '1']);
  expect(await take(partition, 9)).toEqual(['2', '3', '4']);
});

test('a put that is asked again succeeds even where the queue is full by now', async () => {
  const partition = newPartition();
  const receiptId = unique();
  await put(partition, numbers(5_000), { receiptId });
  await put(partition, numbers(5_000), { receiptId });
  expect(await partitions.size(partition, NOW)).toBe(5_000);
});

test('what nobody reads goes back, unless it was asked again', async () => {
  const partition = newPartition();
  await put(partition, numbers(4));
  const [first, second] = [unique(), unique()];
  await take(partition, 2, { receiptId: first });
  await items[0].giveBack(first);
  expect(await take(partition, 2, { receiptId: second })).toEqual(['0', '1']);
  await take(partition, 2, { receiptId: second });
  await items[0].giveBack(second);
  expect(await take(partition, 9)).toEqual(['2', '3']);
});

test('five thousand items fit, and not one more until one is taken', async () => {
  const partition = newPartition();
  await put(partition, numbers(5_000));
  await expect(put(partition, ['x'])).rejects.toThrow(/5000 of at most 5000/);
  await take(partition, 1);
  await put(partition, ['x']);
  expect(await take(partition, 5_000)).toHaveLength(5_000);
});

test('a partition is empty when its life is over, and holds only what is put after', async () => {
  const partition = newPartition();
  await put(partition, ['old'], { lifeMs: 1_000 });
  expect(await take(partition, 1, { at: NOW + 1_000 })).toEqual([]);
  expect(await partitions.size(partition, NOW + 1_000)).toBe(0);
  await put(partition, ['new'], { at: NOW + 2_000 });
  expect(await take(partition, 9, { at: NOW + 2_000 })).toEqual(['new']);
});

test('who reads along sees each item that stays, in order, from where it was', async () => {
  const partition = newPartition();
  await put(partition, numbers(250));
  const seen: string[] = [];
  let after: number | undefined;
  for (;;) {
    const found = await items[0].peek({ ...partition, ...(after ? { after } : {}), most: 100, at: NOW });
    if (found.length === 0) break;
    seen.push(...found.map((item) => String(item.value)));
    after = found.at(-1)?.seq;
  }
  expect(seen).toEqual(numbers(250));
  await put(partition, ['more']);
  const more = await items[0].peek({ ...partition, after: after!, most: 100, at: NOW });
  expect(more.map((item) => String(item.value))).toEqual(['more']);
});

test('an answer holds 64 MiB of items at most, and the rest stays', async () => {
  const partition = newPartition();
  const large = 'x'.repeat(1024 * 1024);
  for (let round = 0; round < 7; round += 1)
    await put(
      partition,
      Array.from({ length: 10 }, () => large),
    );
  expect(await take(partition, 70)).toHaveLength(64);
  expect(await take(partition, 70)).toHaveLength(6);
}, 60_000);

test('partitions are apart, and a queue is as large as all of them', async () => {
  const one = newPartition();
  const other = { ...one, partition: Buffer.alloc(0) };
  const sizes = async () => {
    const listed = (await queueSizes(pool, [one.queueId], NOW)).get(one.queueId);
    return [listed?.partitions, listed?.items, await partitions.total(one.queueId, NOW)];
  };
  await put(one, numbers(3));
  await put(other, numbers(2));
  expect(await sizes()).toEqual([2, 5, 5]);
  await partitions.clear(one.queueId, one.partition, unique(), NOW);
  expect(await sizes()).toEqual([1, 2, 2]);
  await partitions.clear(one.queueId, 'all', unique(), NOW);
  expect(await sizes()).toEqual([undefined, undefined, 0]);
});

test('the sweep leaves nothing of what was taken or has expired', async () => {
  const partition = newPartition();
  await put(partition, numbers(5), { lifeMs: 60_000 });
  await take(partition, 2);
  await sweepState(pool, NOW + DAY_MS);
  const { rows } = await pool.query({
    text: `select 1 from gateway.queue_items where queue_id = $1 union all
      select 1 from gateway.queue_receipts where queue_id = $1 union all
      select 1 from gateway.queue_partitions where queue_id = $1`,
    values: [partition.queueId],
  });
  expect(rows).toEqual([]);
});
