import { PeriodFleet } from '../heuristics/period-fleet.js';
import type { Prepared } from '../model/prepared.js';
import { replacingGreedy } from '../opponents/replacing-greedy.js';
import { stickyGreedy } from '../opponents/sticky-greedy.js';
import type { CapacityPolicy } from '../simulation/index.js';
import type { FirstNodes } from './first-steps.js';
import type { Rehearsal } from './rehearsal.js';

/** What rules of thumb would do now that look at nodes one by one, as far as hard rules let them. */
export const stepsOfRules = async (
  prepared: Prepared,
  rehearsal: Rehearsal,
): Promise<readonly FirstNodes[]> => {
  const rules: readonly CapacityPolicy[] = [replacingGreedy(0), replacingGreedy(0.1), stickyGreedy()];
  const steps: FirstNodes[] = [];
  for (const rule of rules) {
    const held = await rehearsal.nodesAfter(rule);
    steps.push(
      withinRules(
        prepared,
        prepared.units.map(({ members }) =>
          members.reduce((sum, { offer }) => sum + (held.get(offer.offerId) ?? 0), 0),
        ),
      ),
    );
  }
  return steps;
};

const withinRules = (prepared: Prepared, wished: FirstNodes): FirstNodes => {
  const { units } = prepared;
  const fleet = new PeriodFleet(prepared, 0, (unit) =>
    Math.max(units[unit]!.paid[0]!, Math.min(wished[unit]!, units[unit]!.held)),
  );
  for (const { index } of units)
    while (fleet.nodes[index]! < wished[index]! && fleet.mayBuy(index)) fleet.change(index, 1);
  return [...fleet.nodes];
};
