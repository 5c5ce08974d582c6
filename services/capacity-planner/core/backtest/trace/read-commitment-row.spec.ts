import fc from 'fast-check';
import type { CommitmentTerms } from '@slipway/contracts';
import { faultText } from '../../catalogue/row.js';
import { rowOfCommitment } from '../../recording/row-of-commitment.js';
import { readTrace } from './read-trace.js';

const read = (...rows: readonly object[]) =>
  readTrace('a.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'), Date.UTC(2026, 10, 1));

const money = fc.nat(10_000_000_000);
const name = fc.stringMatching(/^[a-z][a-z0-9.-]{0,9}$/);
const term = {
  vendor: name,
  startsAt: fc.nat(1e9).map((ms) => ms * 1_000),
  lasts: fc.integer({ min: 1, max: 1e9 }),
};
const ofNodes = fc.record({
  ...term,
  kind: fc.constant('nodes' as const),
  place: fc.constantFrom(
    { instanceType: 'p5.48xlarge' },
    { gpuType: 'H100' },
    { gpuType: 'H100', region: 'us-east-1' },
  ),
  nodes: fc.integer({ min: 1, max: 100_000 }),
  priceMicroUsdPerNodeHour: money,
});
const ofBill = fc.record({
  ...term,
  kind: fc.constant('spend' as const),
  place: fc.constant({}),
  coveredMicroUsdPerHour: money,
  priceMicroUsdPerHour: money,
});

test('what was committed to reads again as itself', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(ofNodes, ofBill), { maxLength: 5 }), (drawn) => {
      const commitments = drawn.map(
        ({ lasts, place, ...terms }, index) =>
          ({
            ...terms,
            ...place,
            commitmentId: `c-${index}`,
            endsAt: terms.startsAt + lasts,
          }) as CommitmentTerms,
      );
      const { trace, faults } = read(...commitments.map(rowOfCommitment));
      expect(faults).toEqual([]);
      expect(trace.commitments).toEqual(commitments);
    }),
  );
});

const row = {
  ...{ type: 'commitment', commitment: 'c', vendor: 'aws', from: '2026-01-01', until: '2027-01-01' },
  ...{ instance_type: 'p5.48xlarge', nodes: 4, usd_per_hour: 34.1 },
};
const { nodes: _, instance_type: __, ...ofNeither } = row;

test.each([
  [{ ...row, until: '2025-12-31' }, "until is '2025-12-31'; it must be later than from"],
  [{ ...row, from: '2026-01-01T08:00' }, "from is '2026-01-01T08:00'; it must be a moment with its zone"],
  [
    { ...row, covered_usd_per_hour: 1 },
    "nodes is '4'; it must be given, or covered_usd_per_hour in its place",
  ],
  [ofNeither, "nodes is ''; it must be given, or covered_usd_per_hour in its place"],
  [{ ...row, instance_type: undefined }, 'a commitment of nodes names one of them'],
  [{ ...row, nodes: 1.5 }, "nodes is '1.5'; it must be a whole number from 1"],
  [{ ...row, usd_per_hour: -1 }, "usd_per_hour is '-1'; it must be a number from 0 to 10000"],
  [{ ...row, usd_per_hour: 1.0000001 }, 'with six decimals at most'],
  [{ ...ofNeither, covered_usd_per_hour: 9, region: 'eu' }, "region is 'eu'; it must be left out"],
])('%j is left out: %s', (wrong, expected) => {
  const { trace, faults } = read(wrong);
  expect(faults.map(faultText).join()).toContain(expected);
  expect(trace.commitments).toEqual([]);
});

test('a commitment is said once', () => {
  const { trace, faults } = read(row, { ...row, nodes: 5 });
  expect(faults.map(faultText)).toEqual([
    expect.stringContaining("a.jsonl:2: commitment is 'c'; it must be said once"),
  ]);
  expect(trace.commitments).toMatchObject([{ nodes: 4, priceMicroUsdPerNodeHour: 34_100_000 }]);
});
