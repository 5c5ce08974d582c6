import type { CommitmentTerms } from '@slipway/contracts';
import type { Offer } from '../catalogue/offer.js';
import { commitmentsOf } from '../commitments/commitments-of.js';
import type { Forecast } from '../demand/demand-group.js';
import { isShortNow } from '../plan/is-short-now.js';
import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import type { PlanningPolicy } from '../policy.js';
import { wishOf } from '../plan/wish-of.js';
import type { CapacityPolicy, Observation, Wish } from '../simulation/policy-port.js';
import { LearnedDepth } from './learned-depth.js';
import { LearnedLosses } from './learned-losses.js';
import { observedFleet } from './observed-fleet.js';

export type PlannerParts = Readonly<{
  name: string;
  policy: PlanningPolicy;
  /** What is paid for at vendors already, whatever is held. */
  commitments?: readonly CommitmentTerms[];
  plan: (problem: PlanningProblem) => Promise<Plan>;
  /** By periods of the horizon, the first of them is the step that begins now. */
  forecast: (seen: Observation, policy: PlanningPolicy) => Forecast;
}>;

/** The planner as the simulator meets it: it makes a plan in each step, and executes its first period. */
export const plannerPolicy = ({
  name,
  policy,
  commitments = [],
  plan,
  forecast,
}: PlannerParts): CapacityPolicy => {
  const depth = new LearnedDepth();
  const losses = new LearnedLosses();
  let foretold: Readonly<{ step: number; forecast: Forecast }> | undefined;
  return {
    name,
    decide: async (seen: Observation): Promise<Wish> => {
      depth.learn(seen);
      losses.learn(seen);
      if (foretold?.step !== seen.step) foretold = { step: seen.step, forecast: forecast(seen, policy) };
      const planned = (refused: 'believed' | 'asked-again' | 'kept-to'): Promise<Plan> => {
        const offers = losses.told(depth.told(seen.offers, seen.at, refused));
        const now = seen.round === 0 || isSmallNow(seen, policy) ? policy : quicker(policy);
        const problem = observedProblem(seen, offers, now, foretold!.forecast);
        return plan({ ...problem, commitments: commitmentsOf(commitments, offers, seen.at) });
      };
      const isQuick = seen.round >= DOUBTING_ROUNDS && !isSmallNow(seen, policy);
      const first = await planned(isQuick ? 'kept-to' : 'believed');
      // Asking costs nothing beside somebody whom nothing is bought for.
      return wishOf(seen, isShortNow(first) ? await planned('asked-again') : first);
    },
  };
};

/** Old refusals of many offers are doubted at once; each round costs a plan of a large fleet, and what was not tried is tried next time. */
const DOUBTING_ROUNDS = 4;

/** What a search after a refusal may leave: the next answer changes the question again, and most of the plan stands already. */
const AGAIN = { gapTimes: 2, limitShare: 0.25 } as const;

const quicker = ({ solve, ...policy }: PlanningPolicy): PlanningPolicy => ({
  ...policy,
  solve: {
    ...solve,
    relativeGap: solve.relativeGap * AGAIN.gapTimes,
    timeLimitMs: Math.round(solve.timeLimitMs * AGAIN.limitShare),
  },
});

/** Where all is planned in whole nodes, an answer changes much. */
const isSmallNow = ({ groups, wanted }: Observation, { solve }: PlanningPolicy): boolean =>
  groups.reduce((sum, { gpusPerContainer }, group) => sum + gpusPerContainer * wanted[group]!, 0) <
  solve.allIntegerBelowGpus;

/** What the planner is asked in a step. */
export const observedProblem = (
  seen: Observation,
  offers: readonly Offer[],
  policy: PlanningPolicy,
  forecast: Forecast,
): PlanningProblem => ({
  at: seen.at,
  offers,
  quotas: seen.quotas,
  commitments: [],
  groups: seen.groups,
  forecast,
  fleet: observedFleet(seen),
  policy,
});
