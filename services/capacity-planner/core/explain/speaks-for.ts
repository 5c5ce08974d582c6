import { filterText } from '@slipway/contracts';
import { matchesFilter } from '../catalogue/matches-filter.js';
import { isPinned } from '../control/pins.js';
import type { Prepared, Unit } from '../model/prepared.js';
import type { Plan } from '../plan/plan.js';

/**
 * What speaks for an offer beside its price, or against it: commitments that pay for it now, pins that want so many nodes of it, and
 * that first steps with more or fewer of it did better in rehearsed futures.
 */
export const speaksFor = (
  { commitments, problem }: Prepared,
  { solution: { lookAhead } }: Pick<Plan, 'solution'>,
  unit: Unit,
): readonly string[] => [
  ...(lookAhead?.changes ?? [])
    .filter(({ offerId }) => unit.members.some(({ offer }) => offer.offerId === offerId))
    .map(
      ({ offerId, nodes, nodesAsExpected }) =>
        `in ${lookAhead!.futures} rehearsed futures ${nodes} of ${offerId} did better than the ${nodesAsExpected} that are the cheapest for what is expected`,
    ),
  ...commitments
    .filter(({ units, active }) => active[0] && units.includes(unit.index))
    .map(({ commitment }) =>
      commitment.kind === 'nodes'
        ? `commitment ${commitment.commitmentId} pays for ${commitment.nodes} nodes of it and its like`
        : `commitment ${commitment.commitmentId} pays for a share of the bill of ${commitment.vendor}`,
    ),
  ...(problem.policy.pins ?? [])
    .filter(
      ({ filter, least, ...pin }) =>
        least !== undefined && isPinned(pin, problem.at) && matchesFilter(unit.offer, filter),
    )
    .map(({ filter, least }) => `an operator wants at least ${least} of ${filterText(filter)}`),
];
