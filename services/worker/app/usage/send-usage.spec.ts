import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { UsageFact } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import { createLogger } from '@slipway/telemetry';
import { SendUsage } from './send-usage.js';
import { UsageSpool } from './usage-spool.js';

const MOST_BYTES = 400_000;
const logger = createLogger('spec', 'silent');
const fact = (sequence: number, bytes: number): UsageFact =>
  ({ kind: 'container', containerId: 'ta-1', sequence, padding: 'x'.repeat(bytes) }) as unknown as UsageFact;

/** A bus that takes messages of at most so many bytes, and billing behind it. */
const busOf = (mostBytes: number) => {
  const taken: number[] = [];
  const persist = (_name: string, ask: Readonly<{ facts: readonly UsageFact[] }>): Promise<unknown> => {
    if (JSON.stringify(ask).length > mostBytes)
      return Promise.reject(new RefusedError(refuse('invalid', 'message-too-large', 'it is too large')));
    taken.push(...ask.facts.map(({ sequence }) => sequence));
    return Promise.resolve({ refused: [] });
  };
  return { bus: { persist } as unknown as Pick<Bus, 'persist'>, taken };
};

describe('the sender of usage facts', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'send-usage-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const sendAll = async (bus: Pick<Bus, 'persist'>, facts: readonly UsageFact[]): Promise<void> => {
    const spool = await UsageSpool.open(folder, logger);
    await spool.append(facts);
    const sending = new SendUsage(spool, bus, logger);
    while (!spool.isEmpty) await breathe();
    await sending.close();
  };

  test('a fact that the bus never takes is set aside on the disk and holds up no other', async () => {
    const { bus, taken } = busOf(MOST_BYTES);
    await sendAll(bus, [fact(0, 10), fact(1, MOST_BYTES), fact(2, 10)]);
    expect(taken).toEqual([0, 2]);
    const [file = '', ...others] = readdirSync(folder);
    expect([file, others]).toEqual([expect.stringMatching(/^\d+\.json\.too-large$/), []]);
    expect(JSON.parse(readFileSync(join(folder, file), 'utf8'))).toEqual([fact(1, MOST_BYTES)]);
  });

  test('a batch that the bus does not take whole is sent in parts', async () => {
    const { bus, taken } = busOf(40_000);
    await sendAll(
      bus,
      [0, 1, 2, 3, 4].map((sequence) => fact(sequence, 15_000)),
    );
    expect(taken).toEqual([0, 1, 2, 3, 4]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('what was set aside stays so, and its number is given to no other file', async () => {
    const { bus } = busOf(40_000);
    await sendAll(bus, [fact(0, 50_000)]);
    await sendAll(bus, [fact(1, 50_000)]);
    expect(readdirSync(folder).toSorted()).toEqual([
      '000000000000.json.too-large',
      '000000000001.json.too-large',
    ]);
  });
});
