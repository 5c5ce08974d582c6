import { draftByRule, RULES_OF_THUMB } from '../heuristics/rules-of-thumb.js';
import { searchLocally } from '../heuristics/search-locally.js';
import { serveRest } from '../heuristics/serve-rest.js';
import { isSmall } from '../model/is-small.js';
import { prepare } from '../model/prepare.js';
import type { Prepared } from '../model/prepared.js';
import type { Draft } from '../plan/draft.js';
import { placeIntegers } from '../plan/place-integers.js';
import type { Plan, SolverStory } from '../plan/plan.js';
import { readDraft } from '../plan/read-draft.js';
import type { PlanningProblem } from '../planning-problem.js';
import type { LinearProgram, PlannerPorts, SolveResult } from '../ports.js';
import { buildProgram } from '../program/build-program.js';
import type { Integrality } from '../program/integrality.js';
import { warmStart } from '../program/warm-start.js';
import { askSolver } from './ask-solver.js';
import { bestStanding, candidate, cheapest, type Candidate } from './candidate.js';
import { chooseIntegrality } from './choose-integrality.js';
import { foundNear } from './found-near.js';
import { planOf } from './plan-of.js';

/**
 * Plans: every planner is asked, one evaluator scores them, the cheapest wins. The solver's bound is reported beside whichever won;
 * where the solver fails, a rule of thumb's plan is the plan, and says so.
 */
export const makePlan = async (problem: PlanningProblem, { solver }: PlannerPorts): Promise<Plan> => {
  const prepared = prepare(problem);
  if (prepared.frozen)
    return planOf(prepared, [candidate(prepared, 'keep', draftByRule(prepared, 'keep'))], {
      story: { status: 'not-asked', because: prepared.frozen.because },
      solveMs: 0,
      integrality: chooseIntegrality(prepared),
      size: { columns: 0, integers: 0, rows: 0 },
    });
  const byRule = RULES_OF_THUMB.map((rule) => bestStanding(prepared, rule, draftByRule(prepared, rule)));
  const found = isSmall(prepared)
    ? [candidate(prepared, 'local-search', searchLocally(prepared, cheapest(byRule).draft))]
    : [];
  const bySearch = [...found, ...byRule];
  const start = cheapest(bySearch).draft;
  const integrality = chooseIntegrality(prepared);
  const { solve } = problem.policy;
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
  const { result, program } = winner;
  return planOf(prepared, candidates, {
    story: storyOf(result),
    solveMs: whole.result.solveMs + (quick?.result.solveMs ?? 0),
    integrality: winner.integrality,
    ...('bound' in result && result.bound !== undefined && { boundMicroUsd: Math.floor(result.bound * 1e6) }),
    size: {
      columns: program.columns,
      integers: program.integer.reduce((sum, integer) => sum + integer, 0),
      rows: program.rows,
    },
  });
};

/** Of the time limit, what a search with whole numbers in all periods gets before one with fewer of them has its turn. */
const WHOLE_SHARE = 0.85;
/** A plan this near to its bound is kept. */
const NEAR = 0.02;

const isNear = (result: SolveResult): boolean => result.status !== 'failed' && result.gap <= NEAR;

type Attempt = Readonly<{
  integrality: Integrality;
  program: LinearProgram;
  result: SolveResult;
  /** What came of it: one plan or none. */
  found: readonly Candidate[];
}>;

type Asking = Readonly<{
  integrality: Integrality;
  timeLimitMs: number;
  /** What becomes of fractions of nodes in later periods: beside plans of whole nodes they would always look cheaper than they are. */
  later?: 'as-solved' | 'rounded-up';
}>;

/** Asks the solver once, from a draft that is known already. */
const attempt = async (
  prepared: Prepared,
  solver: PlannerPorts['solver'],
  start: Draft,
  { integrality, timeLimitMs, later = 'as-solved' }: Asking,
): Promise<Attempt> => {
  const built = buildProgram(prepared, integrality);
  const { program, layout } = built;
  const result = await askSolver(solver, built, prepared, {
    timeLimitMs: Math.round(timeLimitMs),
    relativeGap: prepared.problem.policy.solve.relativeGap,
    warmStart: warmStart(program, layout, start, prepared),
  });
  const found =
    result.status === 'failed'
      ? foundNear(prepared, result.near && readDraft(prepared, layout, result.near, 0), integrality)
      : [
          bestPlaced(
            prepared,
            later === 'rounded-up'
              ? inWholeNodes(readDraft(prepared, layout, result.values, integrality.periods))
              : readDraft(prepared, layout, result.values, integrality.periods),
          ),
        ];
  return { integrality, program, result, found };
};

const inWholeNodes = ({ nodes, served }: Draft): Draft => ({
  nodes: nodes.map((counts) => counts.map((count) => Math.ceil(count - 1e-6))),
  served,
});

/** In whole containers; and with nodes bought for those that found no place, where that is cheaper. */
const bestPlaced = (prepared: Prepared, draft: Draft): Candidate => {
  const whole = placeIntegers(prepared, draft);
  return cheapest(
    [whole, serveRest(prepared, whole)].map((placed) => bestStanding(prepared, 'milp', placed)),
  );
};

const storyOf = (result: SolveResult): SolverStory =>
  result.status !== 'failed'
    ? { status: result.status }
    : result.near
      ? { status: 'time-limit' }
      : { status: 'fallback', because: result.because };
