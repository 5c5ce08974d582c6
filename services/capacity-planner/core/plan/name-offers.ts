import type { Prepared, Unit } from '../model/prepared.js';
import type { ExactCounts } from './exact-counts.js';
import type { OfferPlan } from './plan.js';

/** Gives the nodes of each unit to its offers: what is held stays, more comes in the order of ids, fewer goes from the last. */
export const nameOffers = ({ units, periods }: Prepared, { nodes }: ExactCounts): OfferPlan[] =>
  units
    .flatMap((unit) => membersByPeriod(unit, nodes[unit.index]!, periods.length))
    .filter(({ nodesNow, nodes: planned }) => nodesNow > 0 || planned.some((count) => count > 0))
    .toSorted((a, b) => (a.offerId < b.offerId ? -1 : 1));

const membersByPeriod = ({ members }: Unit, wanted: Float64Array, periods: number): OfferPlan[] => {
  const now = members.map(({ held }) => held * 1000);
  const byPeriod: number[][] = members.map(() => []);
  for (let period = 0; period < periods; period++) {
    let missing = wanted[period]! - now.reduce((sum, count) => sum + count, 0);
    for (let member = 0; member < members.length && missing > 0; member++) {
      const more = Math.min(missing, members[member]!.cap * 1000 - now[member]!);
      now[member]! += more;
      missing -= more;
    }
    for (let member = members.length - 1; member >= 0 && missing < 0; member--) {
      const paid = (members[member]!.paid[period] ?? 0) * 1000;
      const fewer = Math.min(-missing, Math.max(0, now[member]! - paid));
      now[member]! -= fewer;
      missing += fewer;
    }
    members.forEach((_, member) => byPeriod[member]!.push(now[member]! / 1000));
  }
  return members.map(({ offer, held }, member) => {
    const nodes = byPeriod[member]!;
    const change = nodes.map((count, period) => count - (period === 0 ? held : nodes[period - 1]!));
    return {
      offerId: offer.offerId,
      nodesNow: held,
      nodes,
      starts: change.map((by) => toThousandth(Math.max(0, by))),
      stops: change.map((by) => toThousandth(Math.max(0, -by))),
    };
  });
};

const toThousandth = (value: number): number => Math.round(value * 1000) / 1000;
