// A process of its own, to be killed: takes the usage of a seed and books it, and says each batch that was acknowledged.
import { setTimeout as pause } from 'node:timers/promises';
import { isDatabaseAway } from '@slipway/event-store';
import type * as Price from '../../services/billing/app/processes/price-usage/price-usage.js';
import type * as Store from '../../services/billing/app/store/open-store.js';
import type * as Take from '../../services/billing/app/metering/take-usage.js';
import { usageOf } from './usage-history.ts';

const [databaseUrl = '', seed = '', from = ''] = process.argv.slice(2);
const built = new URL('../../services/billing/app/dist/', import.meta.url).href;
const { openStore } = (await import(`${built}store/open-store.js`)) as typeof Store;
const { takeUsage } = (await import(`${built}metering/take-usage.js`)) as typeof Take;
const { priceUsage } = (await import(`${built}processes/price-usage/price-usage.js`)) as typeof Price;

/** Does it again while the database is away, as the service does. */
const persist = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      await pause(20);
    }
  }
};

const BATCH = 7;
const { pool } = await persist(() => openStore(databaseUrl));
(pool as unknown as { on(event: 'error', listener: () => void): void }).on('error', () => undefined);
process.stdout.write('ready\n');
const facts = usageOf(Number(seed));
for (let start = Number(from); start < facts.length; start += BATCH) {
  // Some come twice, as they do where an answer was lost.
  const batch = facts.slice(Math.max(0, start - 2), start + BATCH);
  await persist(() => takeUsage(pool, batch, () => Date.parse('2026-11-30T00:00:00Z')));
  await persist(() => priceUsage(pool, () => Date.parse('2026-11-30T00:00:00Z'), 5));
  process.stdout.write(`${start + BATCH}\n`);
}
while ((await persist(() => priceUsage(pool, () => Date.parse('2026-11-30T00:00:00Z'), 5))) > 0);
process.exit(0);
