import { isPinned } from '../control/pins.js';
import { pinnedUnits, type PinnedUnits } from '../model/pin-rules.js';
import type { Prepared } from '../model/prepared.js';

type Counted = PinnedUnits & { nodes: number };

const known = new WeakMap<Prepared, readonly PinnedUnits[]>();
const pinsOf = (prepared: Prepared): readonly PinnedUnits[] => {
  let pins = known.get(prepared);
  if (pins === undefined) known.set(prepared, (pins = pinnedUnits(prepared)));
  return pins;
};

/** How many nodes a fleet holds of what operators have pinned in a period. */
export class PinnedNodes {
  readonly pins: readonly Counted[];

  constructor(prepared: Prepared, period: number, nodes: Float64Array) {
    const { startsAt } = prepared.periods[period]!;
    this.pins = pinsOf(prepared)
      .filter(({ pin }) => isPinned(pin, startsAt))
      .map((pinned) => ({
        ...pinned,
        nodes: pinned.units.reduce((sum, unit) => sum + nodes[unit]!, 0),
      }));
  }

  change(unit: number, by: 1 | -1): void {
    for (const pinned of this.pins) if (pinned.units.includes(unit)) pinned.nodes += by;
  }

  /** What it is worth in an hour that one node more is beyond what is wanted at most. */
  beyondMicroUsdPerHour(unit: number): number {
    return this.pins.reduce(
      (sum, { pin, units, nodes, slackMicroUsdPerHour }) =>
        nodes + 1 > (pin.most ?? Infinity) && units.includes(unit) ? sum + slackMicroUsdPerHour : sum,
      0,
    );
  }

  /** Is one node fewer still enough? */
  spares(unit: number): boolean {
    return this.pins.every(({ pin, units, nodes }) => nodes - 1 >= (pin.least ?? 0) || !units.includes(unit));
  }
}
