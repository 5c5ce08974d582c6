import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { nameOfPool } from './check-buffers.js';

/** A plan speaks of offers, groups, cells and pools that there are, and of all groups: nothing else can be looked at before. */
export const checkNames = (problem: PlanningProblem, plan: Plan): string[] => {
  const offers = new Set<string>(problem.offers.map(({ offerId }) => offerId));
  const groups = new Set<string>(problem.groups.map(({ groupId }) => groupId));
  const cells = new Set<string>(plan.cells.map(({ cellId }) => cellId));
  const served = new Set<string>(plan.service.map(({ groupId }) => groupId));
  const pools = new Set(problem.forecast.pooledErrors.map(nameOfPool));
  const planned = [plan.offers, plan.flows, plan.cells.flatMap(({ offerIds }) => offerIds.map(asNamed))];
  return [
    ...unknown(
      planned.flat().map(({ offerId }) => offerId),
      offers,
      'is planned and not on offer',
    ),
    ...unknown(
      [...plan.service, ...plan.serving, ...plan.flows].map(groupOf),
      groups,
      'is served and not known',
    ),
    ...unknown(
      plan.serving.map(({ cellId }) => cellId),
      cells,
      'serves and is no cell of the plan',
    ),
    ...unknown(groups, served, 'is not in the plan'),
    ...unknown(plan.buffers.map(nameOfPool), pools, 'is the buffer of no pool'),
    ...plan.cells.flatMap(({ cellId, offerIds }) =>
      offerIds.length === 0 ? [`${cellId} has no offers`] : [],
    ),
  ];
};

const asNamed = (offerId: string) => ({ offerId });

const groupOf = ({ groupId }: Readonly<{ groupId: string }>): string => groupId;

const unknown = (names: Iterable<string>, known: ReadonlySet<string>, what: string): string[] =>
  [...new Set(names)].filter((name) => !known.has(name)).map((name) => `${name} ${what}`);
