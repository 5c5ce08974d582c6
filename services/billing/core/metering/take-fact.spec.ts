import type { UsageAnomalyCode } from '@slipway/contracts';
import fc from 'fast-check';
import { canonicalText } from './canonical-text.js';
import { missingUsage } from './missing-usage.js';
import { UsageInMemory } from './usage-in-memory.testing.js';
import { containerFact, volumeFact } from '../../../../tools/testing/usage-facts.ts';

const START = Date.UTC(2026, 10, 1);
const S = 1_000_000_000;
const LATER = START + 3_600_000;

const tenSeconds = (sequence: number, changed = {}) =>
  containerFact({ sequence, fromMs: START + sequence * 10_000, ...changed });

const refusals = (usage: UsageInMemory): readonly UsageAnomalyCode[] => usage.refused.map(({ code }) => code);

describe('facts of one container', () => {
  test('given a fact, when it comes again, then it is counted once', () => {
    const usage = new UsageInMemory();
    usage.take([tenSeconds(0)], LATER);
    usage.take([tenSeconds(0), tenSeconds(0)], LATER);
    expect(usage.durationNs('ta-1')).toBe(10n * BigInt(S));
    expect(usage.refused).toEqual([]);
  });

  test('given a fact, when the same name says something else, then the first one counts', () => {
    const usage = new UsageInMemory();
    usage.take([tenSeconds(0), tenSeconds(0, { egressBytes: 9 })], LATER);
    expect(refusals(usage)).toEqual(['contradicting-usage']);
  });

  test('given the fact of a workspace, when another claims the container, then it is refused', () => {
    const usage = new UsageInMemory();
    usage.take([tenSeconds(0), tenSeconds(1, { workspaceId: 'ws-2' })], LATER);
    expect(refusals(usage)).toEqual(['changed-owner']);
  });

  test('given the last fact, when one follows it, then it is refused', () => {
    const usage = new UsageInMemory();
    usage.take([tenSeconds(1, { end: 'idle' }), tenSeconds(2)], LATER);
    usage.take([tenSeconds(0)], LATER);
    expect(refusals(usage)).toEqual(['overlapping-usage']);
    expect(usage.durationNs('ta-1')).toBe(20n * BigInt(S));
  });

  test('given a fact, when the next lies over it in time, then it is refused, early or late', () => {
    const overlapping = tenSeconds(1, { fromMs: START + 9_000 });
    for (const facts of [
      [tenSeconds(0), overlapping],
      [overlapping, tenSeconds(0)],
      [tenSeconds(0), tenSeconds(3, { fromMs: START + 9_000 })],
      [
        tenSeconds(3),
        tenSeconds(0, {
          durationNs: 60 * S,
          phases: { startingNs: 0, busyNs: 0, idleNs: 60 * S, stoppingNs: 0 },
        }),
      ],
    ]) {
      const usage = new UsageInMemory();
      usage.take(facts, LATER);
      expect(refusals(usage)).toEqual(['overlapping-usage']);
    }
  });

  test('stamps that were rounded down do not count as an overlap', () => {
    const odd = 10 * S + 700_000;
    const phases = { startingNs: 0, busyNs: 0, idleNs: odd, stoppingNs: 0 };
    const facts = [0, 1, 2, 3].map((sequence) =>
      containerFact({
        sequence,
        durationNs: odd,
        phases,
        fromMs: START + Math.floor((sequence * odd) / 1_000_000),
      }),
    );
    for (const order of [facts, facts.toReversed()]) {
      const usage = new UsageInMemory();
      usage.take(order, LATER);
      expect(refusals(usage)).toEqual([]);
    }
  });

  test('a period that is yet to come is refused', () => {
    const usage = new UsageInMemory();
    usage.take([tenSeconds(0)], START - 3_600_000);
    expect(refusals(usage)).toEqual(['usage-in-the-future']);
  });
});

describe('what is missing', () => {
  const missingOf = (usage: UsageInMemory, atMs: number) =>
    [...usage.sources.values()].flatMap((known) => missingUsage(known, atMs)).map(({ code }) => code);

  test('given a gap that stays, then it is listed, until the fact comes late', () => {
    const usage = new UsageInMemory();
    usage.take([tenSeconds(0), tenSeconds(2, { end: 'idle' })], LATER);
    expect(missingOf(usage, LATER + 60_000)).toEqual([]);
    expect(missingOf(usage, LATER + 180_000)).toEqual(['sequence-gap']);
    usage.take([tenSeconds(1)], LATER + 180_000);
    expect(missingOf(usage, LATER + 600_000)).toEqual([]);
  });

  test('given a gap of one that goes on, then it is listed, as of the moment at which it was first seen', () => {
    const usage = new UsageInMemory();
    usage.take([tenSeconds(0), tenSeconds(2)], LATER);
    usage.take([tenSeconds(3)], LATER + 170_000);
    const anomalies = [...usage.sources.values()].flatMap((known) => missingUsage(known, LATER + 180_000));
    expect(anomalies).toMatchObject([{ code: 'sequence-gap', seenAtMs: LATER + 120_000 }]);
  });

  test('a container that falls silent is listed, a volume never', () => {
    const usage = new UsageInMemory();
    usage.take([tenSeconds(0), volumeFact()], LATER);
    expect(missingOf(usage, LATER + 180_000)).toEqual(['container-without-end']);
  });
});

test('a canonical text is what JSON says, with the fields in order', () => {
  const ordered = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(ordered)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .toSorted(([a], [b]) => (a < b ? -1 : 1))
              .map(([name, field]) => [name, ordered(field)]),
          )
        : value;
  // Names of digits come first in any object, whoever orders them.
  const name = fc.string().filter((text) => !/^\d+$/.test(text));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, fc.jsonValue({ maxDepth: 0 }), tie('list'), tie('object')),
    list: fc.array(tie('value')),
    object: fc.dictionary(name, tie('value'), { noNullPrototype: true }),
  }));
  fc.assert(
    fc.property(value, (any) => {
      expect(canonicalText(any)).toBe(JSON.stringify(ordered(any)));
    }),
  );
});

test('a canonical text does not depend on the order of fields, and names that look like two are one', () => {
  expect(canonicalText({ a: 1, b: 2 })).toBe('{"a":1,"b":2}');
  expect(canonicalText({ 'a,b': 1 })).toBe('{"a,b":1}');
  expect(canonicalText({ b: 1, a: [{ d: 2, c: 3 }] })).toBe(canonicalText({ a: [{ c: 3, d: 2 }], b: 1 }));
});
