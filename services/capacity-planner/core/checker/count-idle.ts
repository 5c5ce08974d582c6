import type { Plan } from '../plan/plan.js';
import type { BufferPool } from './buffer-pools.js';
import type { OfferUses } from './offer-uses.js';
import { thousandths } from './thousandths.js';

/** What starts in a period up to this is there too late for a surprise in it. */
const SHORT_UP_TO_MS = 1_800_000;

/** Thousandths of GPUs that nobody stands on. */
export type Idle = Readonly<{
  /** Those that are expected to be there in spite of losses. */
  expected: number;
  /** Those that are never taken back. */
  firm: number;
  /** All that was added up to find them. */
  counted: number;
}>;

/** What stands idle for a pool, by period. */
export const countIdle = (
  plan: Plan,
  uses: OfferUses,
  { places, yielding }: Pick<BufferPool, 'places' | 'yielding'>,
): readonly Idle[] => {
  const nodes = plan.offers.filter(({ offerId }) => places.has(offerId));
  const cells = new Map(plan.cells.map(({ cellId, offerIds }) => [cellId, offerIds[0]!]));
  const standing = plan.serving.filter(
    ({ groupId, cellId }) => places.has(cells.get(cellId)!) && !yielding.has(groupId),
  );
  return plan.periods.map(({ lengthMs }, period) => {
    let [expected, firm, counted] = [0, 0, 0];
    for (const { offerId, nodes: counts, starts } of nodes) {
      const { offer, units } = uses.get(offerId)!;
      const { preemptionsPerNodeHour, leadMs } = offer.behaviour;
      const held = units * thousandths(counts[period]!);
      const absent = lengthMs <= SHORT_UP_TO_MS ? units * thousandths(starts[period]!) : 0;
      expected += held * (1 - (preemptionsPerNodeHour * leadMs) / 3_600_000) - absent;
      if (offer.purchase !== 'spot') firm += held - absent;
      counted += held + absent;
    }
    for (const { groupId, cellId, containers } of standing) {
      const { offer, taken } = uses.get(cells.get(cellId)!)!;
      const busy = (taken.get(groupId) ?? 0) * thousandths(containers[period]!);
      expected -= busy;
      if (offer.purchase !== 'spot') firm -= busy;
      counted += busy;
    }
    return { expected, firm, counted };
  });
};
