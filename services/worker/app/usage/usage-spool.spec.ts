import { mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UsageFact } from '@slipway/contracts';
import { createLogger, type Logger } from '@slipway/telemetry';
import { UsageSpool } from './usage-spool.js';

const logger = createLogger('spec', 'silent');
const fact = (sequence: number, padding = ''): UsageFact =>
  ({ kind: 'container', containerId: 'ta-1', sequence, padding }) as unknown as UsageFact;

describe('the spool of usage facts', () => {
  let folder: string;
  const over = new AbortController();

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'usage-spool-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const open = (): Promise<UsageSpool> => UsageSpool.open(folder, logger);
  const drain = async (spool: UsageSpool): Promise<readonly number[]> => {
    const sequences: number[] = [];
    while (!spool.isEmpty) {
      const batch = await spool.first(over.signal);
      if (batch === undefined) break;
      sequences.push(...batch.facts.map(({ sequence }) => sequence));
      await spool.remove(batch);
    }
    return sequences;
  };

  test('what was appended is there after a restart, in order, until it is removed', async () => {
    const spool = await open();
    for (const sequence of [0, 1, 2]) await spool.append([fact(sequence)]);
    const reopened = await open();
    await reopened.append([fact(3)]);
    expect(await drain(reopened)).toEqual([0, 1, 2, 3]);
    expect(await drain(await open())).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('facts that come while others are written share a file', async () => {
    const spool = await open();
    await Promise.all(Array.from({ length: 100 }, (_, sequence) => spool.append([fact(sequence)])));
    expect(readdirSync(folder).length).toBeLessThan(10);
    expect(await drain(spool)).toEqual(Array.from({ length: 100 }, (_, sequence) => sequence));
  });

  test('facts that come the moment that others are durable are written too', async () => {
    const spool = await open();
    for (let round = 0; round < 20; round += 1)
      await Promise.all([spool.append([fact(2 * round)]), spool.append([fact(2 * round + 1)])]);
    expect((await drain(spool)).length).toBe(40);
  });

  test('a file is never larger than the bus takes', async () => {
    const spool = await open();
    await spool.append(Array.from({ length: 40 }, (_, sequence) => fact(sequence, 'x'.repeat(30_000))));
    expect(readdirSync(folder).length).toBeGreaterThan(4);
    expect((await drain(spool)).length).toBe(40);
  });

  test('a file that was half written was promised to nobody; one that is broken holds up no other', async () => {
    writeFileSync(join(folder, '000000000000.json'), '[{"kind": "conta');
    writeFileSync(join(folder, '000000000001.json.partial'), '[{"kind"');
    const spool = await open();
    await spool.append([fact(7)]);
    expect(await drain(spool)).toEqual([7]);
    expect(readdirSync(folder)).toEqual(['000000000000.json.unreadable']);
  });

  test('a file that cannot be read now is kept and read again, and holds up no other', async () => {
    const first = join(folder, '000000000000.json');
    mkdirSync(first);
    let spool = await open();
    await spool.append([fact(1)]);
    expect((await spool.first(over.signal))?.facts).toEqual([fact(1)]);

    const error = (): void => {
      rmdirSync(first);
      writeFileSync(first, JSON.stringify([fact(0)]));
    };
    spool = await UsageSpool.open(folder, { error } as unknown as Logger);
    expect((await drain(spool)).toSorted()).toEqual([0, 1]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('who waits for a batch is told when there is one', async () => {
    const spool = await open();
    const first = spool.first(over.signal);
    await spool.append([fact(5)]);
    expect((await first)?.facts).toEqual([fact(5)]);
  });

  test('who waits for a batch is told when it is over', async () => {
    const ending = new AbortController();
    const first = (await open()).first(ending.signal);
    ending.abort();
    expect(await first).toBeUndefined();
  });
});
