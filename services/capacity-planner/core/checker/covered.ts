import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { thousandths } from './thousandths.js';

/** The nodes of a period of a plan, those that are held before it, or those with what the period starts. */
export type CoveredOf = 'plan' | 'held' | 'started';

/**
 * What commitments cover of the list price in one period of a plan, or of what is held as it begins: price × thousandths of a node ×
 * milliseconds. Each node is covered by one commitment at most, the dearest first; shares of a vendor's bill come after nodes.
 */
export const coveredIn = (
  problem: PlanningProblem,
  plan: Plan,
  period: number,
  lengthMs: bigint,
  of: CoveredOf = 'plan',
): bigint => {
  const offers = new Map(problem.offers.map((offer) => [offer.offerId, offer]));
  const price = (offerId: string): bigint =>
    BigInt(offers.get(offerId as never)?.billing.priceMicroUsdPerNodeHour ?? 0);
  const { startsAt, lengthMs: planned } = plan.periods[period]!;
  const bare = new Map(
    plan.offers.map(({ offerId, nodes, nodesNow, starts }) => [
      offerId,
      milli({ plan: nodes[period]!, held: nodesNow, started: nodesNow + starts[period]! }[of]),
    ]),
  );
  const inForce = problem.commitments.filter(
    (one) => one.startsAt <= startsAt && startsAt + planned <= one.endsAt,
  );
  let covered = 0n;
  for (const commitment of inForce) {
    if (commitment.kind !== 'nodes') continue;
    let left = milli(commitment.nodes);
    for (const offerId of commitment.offerIds.toSorted((a, b) => Number(price(b) - price(a)))) {
      const there = bare.get(offerId) ?? 0n;
      const taken = there < left ? there : left;
      left -= taken;
      bare.set(offerId, there - taken);
      covered += price(offerId) * taken * lengthMs;
    }
  }
  const bills = new Map<string, bigint>();
  for (const [offerId, count] of bare) {
    const { vendor, purchase } = offers.get(offerId)!;
    if (purchase !== 'spot') bills.set(vendor, (bills.get(vendor) ?? 0n) + price(offerId) * count * lengthMs);
  }
  for (const commitment of inForce) {
    if (commitment.kind !== 'spend') continue;
    const bill = bills.get(commitment.vendor) ?? 0n;
    const owned = BigInt(commitment.coveredMicroUsdPerHour) * 1000n * lengthMs;
    const taken = bill < owned ? bill : owned;
    bills.set(commitment.vendor, bill - taken);
    covered += taken;
  }
  return covered;
};

const milli = (count: number): bigint => BigInt(thousandths(count));
