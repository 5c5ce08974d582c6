import {
  checkPlan,
  defaultPolicy,
  makePlan,
  type Guardrails,
  type Plan,
  type PlanningPolicy,
  type PlanningProblem,
} from '@slipway/capacity-planner-core';
import { randomProblem } from '@slipway/capacity-planner-core/testing/random-problem';
import { inProcessSolver } from './in-process-solver.testing.js';

const SEEDS = Number(process.env['SEEDS'] ?? 200);
const MINUTE_MS = 60_000;

const guardrailsOf = (seed: number): Guardrails => ({
  ...defaultPolicy.guardrails,
  ...(seed % 5 === 1 && { maxSpendMicroUsdPerHour: 20_000_000 }),
  // Nearly all that is held is above it: only what commitments pay for is started.
  ...(seed % 13 === 4 && { maxSpendMicroUsdPerHour: 1_000 }),
  ...(seed % 7 === 2 && { maxStartsPerCycle: 1, maxStopsPerCycle: 1 }),
  ...(seed % 11 === 3 && { maxVendorShare: 0.5, minNonSpotShare: 0.4, maxChangesPerVendorAndCycle: 1 }),
});

/** Of some instances the large nodes have ten GPUs and the middle ones six: sizes that no container divides. */
const withOddNodes = (problem: PlanningProblem): PlanningProblem => ({
  ...problem,
  offers: problem.offers.map((offer) => {
    const gpuCount = { 4: 6, 8: 10 }[offer.shape.gpuCount] ?? offer.shape.gpuCount;
    const times = gpuCount / offer.shape.gpuCount;
    const { vcpus, memoryMiB } = offer.shape;
    return {
      ...offer,
      shape: { ...offer.shape, gpuCount, vcpus: vcpus * times, memoryMiB: memoryMiB * times },
    };
  }),
});

/** Of some instances an operator wants more, or fewer, nodes of an offer, of a GPU type or of a vendor. */
const withPins = (problem: PlanningProblem, seed: number): PlanningProblem => {
  const { offerId, vendor, shape } = problem.offers[seed % problem.offers.length]!;
  const { gpuType } = shape;
  const pins: NonNullable<PlanningPolicy['pins']> = [
    { filter: { offerId }, least: 1 + (seed % 3), until: problem.at + (seed % 40) * MINUTE_MS },
    { filter: { gpuType }, most: seed % 4 },
    { filter: { vendor }, least: seed % 2, most: 3 + (seed % 3) },
  ];
  return { ...problem, policy: { ...problem.policy, pins: pins.slice(seed % 3) } };
};

const problemOf = (seed: number): PlanningProblem => {
  const found = seed % 3 === 1 ? withOddNodes(drawn(seed)) : drawn(seed);
  return seed % 6 === 5 ? withPins(found, seed) : found;
};

const drawn = (seed: number): PlanningProblem =>
  randomProblem(
    seed,
    {
      vendors: 1 + (seed % 3),
      offers: 4 + (seed % 9),
      groups: 1 + (seed % 5),
      periodsMs: [15, 30, 60].slice(0, 1 + (seed % 3)).map((minutes) => minutes * MINUTE_MS),
      gpus: 6 + (seed % 20),
      ...(seed % 4 < 2 && { commitments: 'many' as const }),
    },
    {
      guardrails: guardrailsOf(seed),
      // Half of the instances as large fleets are planned: later periods in fractions.
      solve: { ...defaultPolicy.solve, relativeGap: 0, allIntegerBelowGpus: seed % 2 === 0 ? 200 : 0 },
    },
  );

describe(`plans of ${SEEDS} random problems`, () => {
  it('break no pin, quota, floor, cap or node shape, and cost what an independent checker says', async () => {
    const solver = await inProcessSolver();
    const wrong: Record<number, readonly string[]> = {};
    const solved: Plan[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const problem = problemOf(seed);
      const plan = await makePlan(problem, { solver });
      const found = checkPlan(problem, plan);
      if (found.length > 0) wrong[seed] = found;
      solved.push(plan);
    }
    expect(wrong).toEqual({});
    expect(solved.every(({ solution }) => solution.solver.status !== 'fallback')).toBe(true);
    // The instances are worth something: plans serve, plans are short, plans start and stop.
    expect(solved.some(({ slacks }) => slacks.some(({ name }) => name === 'shortage'))).toBe(true);
    expect(solved.some(({ offers }) => offers.some(({ starts }) => starts[0]! > 0))).toBe(true);
    expect(solved.some(({ offers }) => offers.some(({ stops }) => stops[0]! > 0))).toBe(true);
    expect(solved.some(({ cost }) => cost.commitmentsMicroUsd > 0)).toBe(true);
  }, 7_200_000);
});
