import { matchesFilter } from '../catalogue/matches-filter.js';
import { filterText } from '../control/filter-text.js';
import type { Prepared, Unit } from '../model/prepared.js';

/** What operators have said of an offer that price alone does not explain: commitments that pay for it now, and pins that name it. */
export const saidByOperators = ({ commitments, problem }: Prepared, unit: Unit): readonly string[] => [
  ...commitments
    .filter(({ units, active }) => active[0] && units.includes(unit.index))
    .map(({ commitment }) =>
      commitment.kind === 'nodes'
        ? `commitment ${commitment.commitmentId} pays for ${commitment.nodes} nodes of it and its like`
        : `commitment ${commitment.commitmentId} pays for a share of the bill of ${commitment.vendor}`,
    ),
  ...(problem.policy.pins ?? [])
    .filter(
      ({ filter, until }) =>
        matchesFilter(unit.offer, filter) && !(until !== undefined && until <= problem.at),
    )
    .map(({ filter, least, most }) =>
      [
        `an operator wants`,
        ...(least === undefined ? [] : [`at least ${least}`]),
        ...(least === undefined || most === undefined ? [] : ['and']),
        ...(most === undefined ? [] : [`at most ${most}`]),
        `of ${filterText(filter)}`,
      ].join(' '),
    ),
];
