import type { PlanAnswer } from './plan-answers.ts';

/** A plan of two periods that changes nothing and breaks no rule. */
export const samplePlan: PlanAnswer = {
  ...{ planId: 'pl-1', madeAt: '2026-11-22T12:00:00.000Z', state: 'in-force', trigger: 'every 5 minutes' },
  ...{ inputsHash: 'a', catalogueVersion: 'v', planner: 'milp', solverStatus: 'optimal', solveMs: 900 },
  ...{ totalMicroUsd: 9_000_000, paidMicroUsdPerHourBefore: 0, paidMicroUsdPerHourAfter: 0 },
  ...{ starts: 0, stops: 0, shortContainers: 0 },
  periods: [
    { startsAt: '2026-11-22T12:00:00.000Z', lengthMs: 300_000 },
    { startsAt: '2026-11-22T12:05:00.000Z', lengthMs: 900_000 },
  ],
  ...{ offers: [], flows: [], service: [], buffers: [], slacks: [], cost: {}, candidates: [] },
};
