import fc from 'fast-check';
import { paidUntil } from './accounts/paid-until.js';
import { luckAt } from './chance.js';
import { containersPerNode, mayServe } from './compatibility.js';
import { generatePeriod } from './generate/generate-period.js';
import type { Node } from './nodes/node.js';
import type { OfferHistory, Period } from './period.js';
import type { CapacityPolicy, Wish } from './policy-port.js';
import { simulate, type StepSight } from './simulate.js';

const HOUR_MS = 3_600_000;
const nothing: Wish = { starts: [], stops: [], flows: [] };

/** Wishes anything: starts, stops and flows that no reason stands behind. */
const wildPolicy = (seed: number): CapacityPolicy => ({
  name: 'wild',
  decide: ({ offers, groups, nodes, step, round }) => {
    const pick = <Item>(items: readonly Item[], key: number): Item =>
      items[Math.floor(luckAt(seed, step, round, key) * items.length)]!;
    return {
      // A second word after a refusal is tried too; then it rests.
      starts: (round < 2 ? [1, 2, 3, 4, 5, 6, 7, 8] : []).map((key) => ({
        offerId: pick(offers, key).offerId,
        nodes: Math.floor(luckAt(seed, step, round, key, 1) * 3),
      })),
      stops: nodes.filter(({ nodeId }) => luckAt(seed, step, nodeId) < 0.15).map(({ nodeId }) => nodeId),
      flows: [1, 2, 3, 4].map((key) => ({
        groupId: pick(groups, key).groupId,
        offerId: pick(offers, key + 10).offerId,
        containers: Math.floor(luckAt(seed, step, key, 2) * 5),
      })),
    };
  },
});

describe('a simulated period', () => {
  test('conserves containers, respects every pin and node, and bills each node to the micro-dollar', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), async (seed) => {
        const period = { ...generatePeriod({ seed, size: 'small', steps: 8 }), warmUpSteps: 0 };
        const bills = new Map<Node, number>();
        let busiest = 0;
        const outcome = await simulate(period, wildPolicy(seed), (sight) => {
          checkPlacing(period, sight);
          for (const node of sight.nodes) bill(period, sight, node, bills);
          busiest = Math.max(busiest, sight.nodes.length);
        });
        const billed = [...bills.values()].reduce((sum, micro) => sum + micro, 0);
        expect(outcome.infrastructureMicroUsd).toBe(billed);
        expect(outcome.totalMicroUsd).toBe(
          outcome.infrastructureMicroUsd +
            outcome.egressMicroUsd +
            outcome.latenessMicroUsd +
            outcome.shortageMicroUsd,
        );
        expect(outcome.busyGpuMs + outcome.shortGpuMs).toBeLessThanOrEqual(outcome.wantedGpuMs);
        expect(outcome.avoidableShortGpuMs).toBeLessThanOrEqual(outcome.shortGpuMs);
        expect(busiest).toBeGreaterThan(0);
      }),
      { numRuns: Number(process.env.SEEDS ?? 15) },
    );
  });

  test('is the same for the same seed and policy, and another one for another seed', async () => {
    const run = (seed: number) => simulate(generatePeriod({ seed, size: 'small', steps: 6 }), wildPolicy(7));
    expect(await run(3)).toEqual(await run(3));
    expect((await run(3)).totalMicroUsd).not.toBe((await run(4)).totalMicroUsd);
  });
});

const checkPlacing = (period: Period, { step, at, nodes, wanted, waiting }: StepSight): void => {
  const stand = wanted.map(() => 0);
  const held = period.offers.map(() => 0);
  for (const node of nodes) {
    const offer = period.offers[node.offer]!;
    if (node.endedAt !== undefined) {
      expect(node.isEmpty).toBe(true);
      continue;
    }
    held[node.offer]! += 1;
    if (node.startedAt === at)
      expect(held[node.offer]).toBeLessThanOrEqual(period.histories[node.offer]!.openNodes[step]!);
    for (const [group, count] of node.containers) {
      stand[group]! += count;
      expect(mayServe(period.groups[group]!, offer)).toBe(true);
      expect(count).toBeLessThanOrEqual(containersPerNode(period.groups[group]!, offer));
      expect(node.boots && node.readyAt < at + period.stepMs).toBe(true);
    }
    const gpus = [...node.containers].reduce(
      (sum, [group, count]) => sum + count * period.groups[group]!.gpusPerContainer,
      0,
    );
    expect(gpus).toBeLessThanOrEqual(offer.shape.gpuCount);
    expect(node.freeGpus).toBe(offer.shape.gpuCount - gpus);
  }
  expect(stand.map((count, group) => count + waiting[group]!)).toEqual(wanted);
};

/** The same bill by another way: from each node's own begin and end. */
const bill = (period: Period, { step, at }: StepSight, node: Node, bills: Map<Node, number>): void => {
  const price = period.histories[node.offer]!.priceMicroUsdPerNodeHour[step]!;
  const until = node.endedAt ?? at + period.stepMs;
  const ran = Math.max(0, until - Math.max(at, node.startedAt));
  const failedOrTaken = node.endedAt === at ? node.startedAt < at && !node.draining : !node.boots;
  const rest =
    node.endedAt === undefined || failedOrTaken
      ? 0
      : paidUntil(period.offers[node.offer]!.billing, node.startedAt, node.endedAt) - node.endedAt;
  const micro = Math.round((price * ran) / HOUR_MS) + Math.round((price * rest) / HOUR_MS);
  bills.set(node, (bills.get(node) ?? 0) + micro);
};

describe('one node and one group', () => {
  const generated = generatePeriod({ seed: 1, size: 'small', steps: 8 });
  const offerIndex = generated.offers.findIndex(
    ({ purchase, shape }) => purchase === 'on-demand' && shape.gpuCount === 8,
  );
  const offer = {
    ...generated.offers[offerIndex]!,
    billing: { priceMicroUsdPerNodeHour: 8_000_000, incrementSeconds: 1, minimumSeconds: 3600 },
  };
  const history: OfferHistory = {
    priceMicroUsdPerNodeHour: Array.from({ length: 8 }, () => 8_000_000),
    openNodes: Array.from({ length: 8 }, () => 2),
    lostShare: Array.from({ length: 8 }, () => 0),
    leadMs: 300_000,
    leadSpread: 0,
    startSuccess: 1,
  };
  const group = {
    ...generated.groups[0]!,
    gpuTypes: [offer.shape.gpuType],
    gpusPerContainer: 1,
    vcpusPerContainer: 1,
    memoryMiBPerContainer: 1024,
    pins: { vendors: [], regions: [], geos: [] },
    waitClass: 'interactive' as const,
    priority: 'standard' as const,
    movement: 'sticky' as const,
    data: undefined,
  };
  const { data: _, ...bare } = group;
  const period: Period = {
    ...generated,
    name: 'tiny',
    steps: 8,
    warmUpSteps: 0,
    pastSteps: 0,
    offers: [offer],
    histories: [history],
    quotas: [],
    groups: [bare],
    demand: [[4, 4, 4, 4, 4, 4, 4, 4]],
    turnover: [0],
  };
  const wishing = (wishes: Readonly<Record<number, Partial<Wish>>>): CapacityPolicy => ({
    name: 'told',
    decide: ({ step, round }) => ({ ...nothing, ...(round === 0 ? wishes[step] : {}) }),
  });
  const oneStart = { starts: [{ offerId: offer.offerId, nodes: 1 }] };

  test('a container waits for the lead of the node that was bought for it, at the price of its class', async () => {
    const { steps } = await simulate(period, wishing({ 0: oneStart }));
    expect(steps[0]!.lateGpuMs).toBe(4 * 300_000);
    expect(steps[0]!.shortGpuMs).toBe(0);
    expect(steps[0]!.latenessMicroUsd).toBe(Math.round((40 * 1_000_000 * 4 * 300_000) / HOUR_MS));
    expect(steps[1]!.lateGpuMs + steps[1]!.shortGpuMs).toBe(0);
  });

  test('what nobody bought for is short, avoidably where a vendor would have granted it', async () => {
    const none = { ...period, histories: [{ ...history, openNodes: history.openNodes.map(() => 0) }] };
    const avoidable = await simulate(period, wishing({}));
    const unavoidable = await simulate(none, wishing({ 0: oneStart }));
    expect(avoidable.avoidableShortGpuMs).toBe(avoidable.wantedGpuMs);
    expect(unavoidable.shortGpuMs).toBe(unavoidable.wantedGpuMs);
    expect(unavoidable.avoidableShortGpuMs).toBe(0);
    expect(unavoidable.refusedStarts).toBe(1);
  });

  test('a node that is to go serves until its containers have moved to the one that is bought in its place', async () => {
    const outcome = await simulate(period, wishing({ 0: oneStart, 4: { ...oneStart, stops: [1] } }));
    expect(outcome.steps[4]).toMatchObject({ movedContainers: 4, stops: 1, lateGpuMs: 0, shortGpuMs: 0 });
    // The second node's step, and the lead of 300 s that both ran.
    expect(outcome.steps[4]!.infrastructureMicroUsd).toBe(
      2_000_000 + Math.round((8_000_000 * 300_000) / HOUR_MS),
    );
  });

  test('a node that goes early is paid for to its minimum', async () => {
    const empty = { ...period, demand: [[4, 0, 0, 0, 0, 0, 0, 0]] };
    const outcome = await simulate(empty, wishing({ 0: oneStart, 1: { stops: [1] } }));
    expect(outcome.infrastructureMicroUsd).toBe(8_000_000);
  });

  test('containers of a node that is taken back wait anew', async () => {
    const taken = { ...period, histories: [{ ...history, lostShare: [0, 0, 1, 0, 0, 0, 0, 0] }] };
    const { steps } = await simulate(taken, wishing({ 0: oneStart, 2: oneStart }));
    expect(steps[2]).toMatchObject({ takenNodes: 1, lateGpuMs: 4 * 300_000 });
  });
});
