import { fitNodes } from '../heuristics/fit-nodes.js';
import type { Prepared } from '../model/prepared.js';
import type { Draft } from '../plan/draft.js';
import { score } from '../plan/evaluate.js';
import type { PlannerName } from '../plan/plan.js';

/** One planner's proposal, and what the evaluator says that it costs. */
export type Candidate = Readonly<{ planner: PlannerName; draft: Draft; totalMicroUsd: number }>;

/** As nodes can carry it: where containers find no room on any one node, with nodes more where that is cheaper. */
export const bestStanding = (prepared: Prepared, planner: PlannerName, draft: Draft): Candidate => {
  const ways = planner === 'keep' ? (['as-planned'] as const) : (['as-planned', 'more'] as const);
  return cheapest(ways.map((nodes) => candidate(prepared, planner, fitNodes(prepared, draft, nodes))));
};

export const candidate = (prepared: Prepared, planner: PlannerName, draft: Draft): Candidate => ({
  planner,
  draft,
  totalMicroUsd: score(prepared, draft).totalMicroUsd,
});

export const cheapest = (candidates: readonly Candidate[]): Candidate =>
  candidates.reduce((best, next) => (next.totalMicroUsd < best.totalMicroUsd ? next : best));
