// Changes a dict and fills a queue as a gateway does, and says each number when it is acknowledged.
import { randomUUID } from 'node:crypto';
import { poolOf, isDatabaseAway } from '@slipway/event-store';
import { openStore } from '../../services/gateway/app/dist/store/open-store.js';
import { DictEntries } from '../../services/gateway/app/dist/store/state/dict-entries.js';
import { QueuePartitions } from '../../services/gateway/app/dist/store/state/queue-partitions.js';

const [databaseUrl, dictId, queueId, first] = process.argv.slice(2);
const pool = await poolOf(await openStore(databaseUrl));
pool.on?.('error', () => undefined);
const dict = new DictEntries(pool);
const queue = new QueuePartitions(pool);

/** The same request again, under the same receipt, until it is answered. */
const untilAnswered = async (ask) => {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isDatabaseAway(error) && !isDatabaseAway(error.cause)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
};

for (let number = Number(first); ; number += 1) {
  const [updated, put] = [randomUUID(), randomUUID()];
  const value = Buffer.from(String(number));
  const entries = ['left', 'right'].map((side) => ({ key: Buffer.from(`${side} ${number % 7}`), value }));
  await untilAnswered(() =>
    dict.update({ dictId, entries, existing: 'replace', receiptId: updated, at: Date.now() }),
  );
  process.stdout.write(`dict ${number}\n`);
  const values = [0, 1, 2].map((part) => Buffer.from(`${number}/${part}`));
  const partition = { queueId, partition: Buffer.alloc(0) };
  await untilAnswered(() =>
    queue.put({ ...partition, values, lifeMs: 3_600_000, receiptId: put, at: Date.now() }),
  );
  process.stdout.write(`queue ${number}\n`);
}
