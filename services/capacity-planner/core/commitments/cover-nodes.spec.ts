import type { CommitmentTerms } from '@slipway/contracts';
import fc from 'fast-check';
import { addUpNodes } from './add-up-nodes.js';
import { coverNodes, coveredPerHour, uncoveredPerHour, type PaidNodes } from './cover-nodes.js';

const term = { vendor: 'aws', startsAt: 0, endsAt: 10 };
const nodesOf = (commitmentId: string, nodes: number, where: object): CommitmentTerms => ({
  ...{ ...term, commitmentId, kind: 'nodes', nodes, priceMicroUsdPerNodeHour: 1 },
  ...where,
});
const shareOf = (commitmentId: string, coveredMicroUsdPerHour: number): CommitmentTerms => ({
  ...{ ...term, commitmentId, kind: 'spend', coveredMicroUsdPerHour, priceMicroUsdPerHour: 1 },
});
const held = (nodes: number, microUsdPerNodeHour: number, where: Partial<PaidNodes> = {}): PaidNodes => ({
  ...{ vendor: 'aws', region: 'us', instanceType: 'p5', gpuType: 'H100', purchase: 'on-demand' },
  ...{ nodes, microUsdPerNodeHour },
  ...where,
});
const said = (commitments: readonly CommitmentTerms[], nodes: readonly PaidNodes[]) =>
  Object.fromEntries(
    coverNodes(commitments, nodes).map((use) => [use.terms.commitmentId, [use.nodes, use.microUsdPerHour]]),
  );

test('nodes are covered up to what is owned, the dearest first, each by one commitment', () => {
  const owned = [nodesOf('any', 2, { gpuType: 'H100' }), nodesOf('us', 1, { region: 'us', gpuType: 'H100' })];
  expect(said(owned, [held(2, 5), held(3, 9, { region: 'eu' })])).toEqual({ us: [1, 5], any: [2, 18] });
});

test('nodes of one place and price are as one entry of many, and those that are taken away are gone', () => {
  const [us, eu] = [held(1, 5), held(1, 5, { region: 'eu' })];
  const summed = addUpNodes([us, eu, us, held(1, 6), held(1, 0), { ...eu, nodes: -1 }]);
  expect(summed).toEqual([held(2, 5), held(1, 6)]);
  const owned = [nodesOf('us', 1, { region: 'us' }), nodesOf('any', 1, { gpuType: 'H100' })];
  expect(said(owned, [...Array<PaidNodes>(2).fill(us), eu])).toEqual(said(owned, [held(2, 5), eu]));
  expect(said(owned, [held(2, 5), eu])).toEqual({ us: [1, 5], any: [1, 5] });
});

test('a share of the bill pays for what no commitment of nodes does, and never twice', () => {
  const owned = [shareOf('one', 6), shareOf('two', 6), nodesOf('nodes', 1, { instanceType: 'p5' })];
  expect(said(owned, [held(3, 5)])).toEqual({ nodes: [1, 5], one: [1.2, 6], two: [0.8, 4] });
});

test.each([
  ['spot', { purchase: 'spot' }],
  ['another vendor', { vendor: 'gcp' }],
])('nothing of %s is covered', (_, where) => {
  const owned = [shareOf('share', 6), nodesOf('nodes', 1, { gpuType: 'H100' })];
  expect(coveredPerHour(owned, [held(3, 5, where)])).toBe(0);
});

test('whatever is owned and held, no more is covered than is paid, and one node more never costs less', () => {
  const where = fc.record({
    region: fc.constantFrom('us', 'eu'),
    purchase: fc.constantFrom('on-demand', 'spot'),
    microUsdPerNodeHour: fc.integer({ min: 1, max: 9 }),
  });
  const owned = fc.array(
    fc.oneof(
      fc.nat(4).map((nodes) => nodesOf('any', nodes, { gpuType: 'H100' })),
      fc.nat(4).map((nodes) => nodesOf('eu', nodes, { region: 'eu', gpuType: 'H100' })),
      fc.nat(30).map((share) => shareOf('share', share)),
    ),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(owned, fc.array(where, { maxLength: 6 }), where, (commitments, places, more) => {
      const nodes = places.map((place) => held(1, place.microUsdPerNodeHour, place));
      const paid = uncoveredPerHour(commitments, nodes);
      expect(paid).toBeGreaterThanOrEqual(0);
      const with1 = uncoveredPerHour(commitments, [...nodes, held(1, more.microUsdPerNodeHour, more)]);
      expect(with1).toBeGreaterThanOrEqual(paid - 1e-9);
      expect(uncoveredPerHour(commitments, addUpNodes(nodes))).toBeCloseTo(paid, 6);
    }),
  );
});
