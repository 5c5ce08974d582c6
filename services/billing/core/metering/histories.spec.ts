import type { ContainerUsage } from '@slipway/contracts';
import fc from 'fast-check';
import { missingUsage } from './missing-usage.js';
import { containerFact } from '../../../../tools/testing/usage-facts.ts';
import { UsageInMemory } from './usage-in-memory.testing.js';

const START = Date.UTC(2026, 10, 1);
const AT = START + 30 * 24 * 3_600_000;
const RUNS = Number(process.env['SEEDS'] ?? 200);

/** The facts of a container that ran for these many nanoseconds between its cuts. */
const lifeOf = (container: number, durations: readonly number[]): readonly ContainerUsage[] => {
  let elapsedNs = 0;
  return durations.map((durationNs, sequence) => {
    const fromMs = START + Math.floor(elapsedNs / 1_000_000);
    elapsedNs += durationNs;
    return containerFact({
      containerId: `ta-${container}`,
      sequence,
      fromMs,
      durationNs,
      phases: { startingNs: 0, busyNs: durationNs, idleNs: 0, stoppingNs: 0 },
      ...(sequence === durations.length - 1 && { end: 'finished' as const }),
    });
  });
};

const lives = fc
  .array(fc.array(fc.integer({ min: 0, max: 12_000_000_000 }), { minLength: 1, maxLength: 20 }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((all) => all.map((durations, container) => lifeOf(container, durations)));

const ranNs = (facts: readonly ContainerUsage[]): bigint =>
  facts.reduce((sum, { durationNs }) => sum + BigInt(durationNs), 0n);

/** Batches as they reach billing: each fact at least once, some again, in any order, cut anywhere. */
const deliveryOf = <Value>(values: readonly Value[]): fc.Arbitrary<readonly (readonly Value[])[]> =>
  fc
    .tuple(
      fc.array(fc.nat({ max: Math.max(0, values.length - 1) }), { maxLength: 2 * values.length }),
      fc.integer({ min: 1, max: 7 }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
    )
    .map(([again, size, chance]) => {
      const sent = [...values, ...again.flatMap((index) => values.slice(index, index + 1))]
        .map((value) => ({ value, at: chance.next().value as number }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ value }) => value);
      return Array.from({ length: Math.ceil(sent.length / size) }, (_, batch) =>
        sent.slice(batch * size, (batch + 1) * size),
      );
    });

describe('whatever becomes of facts on their way', () => {
  test('repeated and out of order, billed time is run time, and nothing is amiss', () => {
    const histories = lives.chain((all) => deliveryOf(all.flat()).map((batches) => ({ all, batches })));
    fc.assert(
      fc.property(histories, ({ all, batches }) => {
        const usage = new UsageInMemory();
        for (const batch of batches) usage.take(batch, AT);
        all.forEach((facts, container) => expect(usage.durationNs(`ta-${container}`)).toBe(ranNs(facts)));
        expect(usage.refused).toEqual([]);
        expect([...usage.sources.values()].flatMap((known) => missingUsage(known, AT * 2))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test('what was lost for good is not billed, the rest is, and the loss is listed', () => {
    const histories = lives.chain((all) =>
      fc.subarray(all.flat()).chain((kept) => deliveryOf(kept).map((batches) => ({ all, kept, batches }))),
    );
    fc.assert(
      fc.property(histories, ({ all, kept, batches }) => {
        const usage = new UsageInMemory();
        for (const batch of batches) usage.take(batch, AT);
        all.forEach((facts, container) => {
          const source = `ta-${container}`;
          const arrived = facts.filter((fact) => kept.includes(fact));
          expect(usage.durationNs(source)).toBe(ranNs(arrived));
          const known = usage.sources.get(source);
          if (known === undefined) return expect(arrived).toEqual([]);
          const listed = missingUsage(known, AT * 2).length > 0;
          expect(listed).toBe(arrived.length < facts.length);
        });
        expect(usage.refused).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test('a process that dies between taking and answering takes nothing twice: all is sent again', () => {
    const histories = lives.chain((all) =>
      fc
        .tuple(deliveryOf(all.flat()), fc.array(fc.nat({ max: 50 })))
        .map(([batches, deaths]) => ({ all, batches, deaths })),
    );
    fc.assert(
      fc.property(histories, ({ all, batches, deaths }) => {
        const usage = new UsageInMemory();
        batches.forEach((batch, index) => {
          usage.take(batch, AT);
          // The commit was made, the answer was lost.
          if (deaths.includes(index)) usage.take(batch, AT);
        });
        expect(usage.taken.length).toBe(all.flat().length);
      }),
      { numRuns: RUNS },
    );
  });
});
