import { filterText } from '@slipway/contracts';
import { matchesFilter } from '../catalogue/matches-filter.js';
import { isPinned } from '../control/pins.js';
import type { Prepared, Unit } from '../model/prepared.js';

/** What speaks for an offer beside its price: commitments that pay for it now, and pins that want so many nodes of it. */
export const speaksFor = ({ commitments, problem }: Prepared, unit: Unit): readonly string[] => [
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
