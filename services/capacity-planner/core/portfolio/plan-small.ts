import { searchLocally } from '../heuristics/search-locally.js';
import { lookAhead } from '../look-ahead/look-ahead.js';
import type { Prepared } from '../model/prepared.js';
import type { Plan } from '../plan/plan.js';
import type { PlannerPorts, SolveResult } from '../ports.js';
import { attempt } from './attempt.js';
import { byRules } from './by-rules.js';
import { candidate, cheapest } from './candidate.js';
import { chooseIntegrality } from './choose-integrality.js';
import { foundOf } from './found-of.js';
import { planOf } from './plan-of.js';

/** Of the time limit, what a search with whole numbers in all periods gets before one with fewer of them has its turn. */
const WHOLE_SHARE = 0.85;
/** A plan this near to its bound is kept. */
const NEAR = 0.02;

/** Rules of thumb and a search among whole nodes come first: the solver begins where they ended. */
export const planSmall = async (prepared: Prepared, solver: PlannerPorts['solver']): Promise<Plan> => {
  const byRule = byRules(prepared);
  const found = candidate(prepared, 'local-search', searchLocally(prepared, cheapest(byRule).draft));
  const bySearch = [found, ...byRule];
  const start = cheapest(bySearch).draft;
  const integrality = chooseIntegrality(prepared);
  const { solve } = prepared.problem.policy;
  const staged = integrality.periods > solve.integerPeriods;
  const whole = await attempt(prepared, solver, start, {
    integrality,
    timeLimitMs: staged ? solve.timeLimitMs * WHOLE_SHARE : solve.timeLimitMs,
  });
  const quick =
    staged && !isNear(whole.result)
      ? await attempt(prepared, solver, start, {
          integrality: { periods: solve.integerPeriods, flows: 'integer' },
          timeLimitMs: solve.timeLimitMs * (1 - WHOLE_SHARE),
          later: 'rounded-up',
        })
      : undefined;
  const candidates = [...whole.found, ...(quick?.found ?? []), ...bySearch];
  const winner = quick?.found.includes(cheapest(candidates)) ? quick : whole;
  const story = foundOf(winner, whole.result.solveMs + (quick?.result.solveMs ?? 0));
  const cheapestFirst = candidates.toSorted((a, b) => a.totalMicroUsd - b.totalMicroUsd);
  const ahead = await lookAhead(
    prepared,
    cheapestFirst.filter(({ planner }) => planner !== 'on-demand-only').map(({ draft }) => draft),
  );
  return planOf(prepared, candidates, story, ahead);
};

const isNear = (result: SolveResult): boolean => result.status !== 'failed' && result.gap <= NEAR;
