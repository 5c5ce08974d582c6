import fc from 'fast-check';
import type { Drift } from './drift.events.js';
import { evolveDrifts, initialDrifts, noteDrifts, openDrifts, toldDrifts, type Drifts } from './drifts.js';

const HOUR_MS = 3_600_000;
const unpaid = (hostId: string): Drift => ({ kind: 'running-unpaid', hostId, message: `${hostId} runs` });

const look = (drifts: Drifts, seenBy: string, found: readonly Drift[], at: number): Drifts =>
  noteDrifts(drifts, { seenBy, found }).reduce((known, event) => evolveDrifts(known, event, at), drifts);

describe('where ledger, vendors and workers disagree', () => {
  test('is written down once, however often it is seen', () => {
    const events = noteDrifts(initialDrifts, { seenBy: 'workers', found: [unpaid('h1'), unpaid('h1')] });
    expect(events).toEqual([{ type: 'drift-found', data: { ...unpaid('h1'), seenBy: 'workers' } }]);
    const known = look(initialDrifts, 'workers', [unpaid('h1')], 5);
    expect(noteDrifts(known, { seenBy: 'workers', found: [unpaid('h1')] })).toEqual([]);
  });

  test('is over when a later look of the same kind shows it no more', () => {
    const known = look(initialDrifts, 'workers', [unpaid('h1'), unpaid('h2')], 5);
    expect(noteDrifts(known, { seenBy: 'north', found: [] })).toEqual([]);
    const after = look(known, 'workers', [unpaid('h2')], 9);
    expect(openDrifts(after).map(({ hostId }) => hostId)).toEqual(['h2']);
    expect(after[0]).toMatchObject({ hostId: 'h1', foundAt: 5, endedAt: 9 });
  });

  test('is told of for a day after it is over', () => {
    const over = look(look(initialDrifts, 'north', [unpaid('h1')], 0), 'north', [], HOUR_MS);
    expect(toldDrifts(over, 24 * HOUR_MS)).toHaveLength(1);
    expect(toldDrifts(over, 26 * HOUR_MS)).toEqual([]);
  });

  test('whatever is seen, what is open is what the last look of each showed', () => {
    const looks = fc.array(
      fc.record({
        seenBy: fc.constantFrom('north', 'workers'),
        hosts: fc.subarray(['h1', 'h2', 'h3']),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(looks, (list) => {
        const last = new Map(list.map(({ seenBy, hosts }) => [seenBy, hosts]));
        const known = list.reduce(
          (drifts, { seenBy, hosts }, at) => look(drifts, seenBy, hosts.map(unpaid), at),
          initialDrifts,
        );
        const open = openDrifts(known).map(({ seenBy, hostId }) => `${seenBy} ${hostId}`);
        const shown = [...last].flatMap(([seenBy, hosts]) => hosts.map((host) => `${seenBy} ${host}`));
        expect(open.toSorted()).toEqual(shown.toSorted());
      }),
    );
  });
});
