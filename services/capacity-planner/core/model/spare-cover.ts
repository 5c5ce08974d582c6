import { CoverLeft, type SpareCover } from './cover-left.js';
import type { Prepared } from './prepared.js';
import { spendLimit } from './spend.js';

const known = new WeakMap<Prepared, readonly (readonly SpareCover[])[]>();

/**
 * What commitments have left in each period beside the nodes that are held. Where more is spent already than the cap allows, only what
 * they pay for is started, before anything is let go, as in acting: it adds nothing to the bill. Those that end within the horizon do
 * not count: soon it would add to the bill after all. Undefined where less is spent.
 */
export const spareCover = (prepared: Prepared): readonly (readonly SpareCover[])[] | undefined => {
  if (spendLimit(prepared)?.spent !== 'above') return undefined;
  let spare = known.get(prepared);
  if (spare === undefined) {
    const held = Float64Array.from(prepared.units, (unit) => unit.held);
    spare = prepared.periods.map((_, period) =>
      new CoverLeft(prepared, period, held, 'lasting')
        .spare()
        .filter((one) => (one.kind === 'nodes' ? one.nodes : one.microUsdPerHour) > 0),
    );
    known.set(prepared, spare);
  }
  return spare;
};

/** So many nodes of these units can be started in a period at most where more is spent than the cap allows; Infinity where less is. */
export const startableNodes = (prepared: Prepared, within: readonly number[], period: number): number => {
  const covers = spareCover(prepared)?.[period];
  if (covers === undefined) return Infinity;
  return covers.reduce((sum, cover) => {
    const prices = within
      .filter((unit) => cover.units.has(unit))
      .map((unit) => prepared.units[unit]!.prices.listMicroUsdPerHour);
    if (prices.length === 0) return sum;
    return (
      sum + (cover.kind === 'nodes' ? cover.nodes : Math.floor(cover.microUsdPerHour / Math.min(...prices)))
    );
  }, 0);
};
