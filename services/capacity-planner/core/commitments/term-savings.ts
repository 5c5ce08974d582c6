import type { Commitment, Offer, OfferId } from '../catalogue/offer.js';
import { isThroughout } from '../model/commitment-over.js';
import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { coversOf, openNodes, type HeldNodes } from './open-bill.js';

const HOUR_MS = 3_600_000;

/** What so many nodes of a term take off the bill of a horizon, and for how many hours that many nodes fewer are paid for. */
export type TermSaving = Readonly<{ microUsd: number; nodeHours: number }>;

/** A period of one vendor's bill. */
type BilledPeriod = Readonly<{
  hours: number;
  inForce: readonly Commitment[];
  /** What shares of the bill leave to be paid per hour beside commitments of nodes. */
  billedMicroUsdPerHour: number;
}>;

type Bill = Readonly<{ held: readonly HeldNodes[]; periods: readonly BilledPeriod[] }>;

/**
 * What nodes of a term at a place (the same nodes in all zones of a region) would save of a plan's horizon. Commitments are used up
 * nodes first, the dearest of those that they cover; then shares of what is left of the vendor's bill, spot apart. Of a vendor's offers
 * only those of the place are reckoned again for each number of nodes, and those that share a commitment with them.
 */
export const termSavings = (
  plan: Pick<Plan, 'periods' | 'offers'>,
  { offers, commitments }: Pick<PlanningProblem, 'offers' | 'commitments'>,
): ((zones: readonly Offer[]) => (nodes: number) => TermSaving) => {
  const counts = new Map(plan.offers.map(({ offerId, nodes }) => [offerId, nodes]));
  const byVendor = Map.groupBy(
    offers.filter(({ offerId, purchase }) => counts.has(offerId) && purchase !== 'spot'),
    ({ vendor }) => vendor,
  );
  const bills = new Map<string, Bill>();
  for (const [vendor, sold] of byVendor) {
    const held = sold
      .map(({ offerId, billing }) => ({
        ...{ offerId, price: billing.priceMicroUsdPerNodeHour, nodes: counts.get(offerId)! },
      }))
      .toSorted((one, other) => other.price - one.price);
    bills.set(vendor, { held, periods: billedPeriods(plan.periods, vendor, held, commitments) });
  }
  return (zones) => savingsAt(bills.get(zones[0]!.vendor)!, zones);
};

const billedPeriods = (
  periods: Plan['periods'],
  vendor: string,
  held: readonly HeldNodes[],
  commitments: readonly Commitment[],
): readonly BilledPeriod[] =>
  periods.map((period, index) => {
    const inForce = commitments.filter((commitment) => isThroughout(commitment, period));
    const shares = inForce.reduce(
      (sum, one) => sum + (one.kind === 'spend' && one.vendor === vendor ? one.coveredMicroUsdPerHour : 0),
      0,
    );
    const { microUsdPerHour } = openNodes(held, index, coversOf(inForce, held));
    const billedMicroUsdPerHour = Math.max(0, microUsdPerHour - shares);
    return { hours: period.lengthMs / HOUR_MS, inForce, billedMicroUsdPerHour };
  });

const savingsAt = (bill: Bill, zones: readonly Offer[]): ((nodes: number) => TermSaving) => {
  const zoneIds = zones.map(({ offerId }) => offerId).toSorted();
  const { held, commitments } = linkedTo(bill, zoneIds);
  const term: Commitment = {
    ...{ commitmentId: TERM, kind: 'nodes', offerIds: zoneIds, nodes: 0, priceMicroUsdPerHour: 0 },
    ...{ startsAt: 0, endsAt: Infinity },
  };
  const periods = bill.periods.map(({ hours, inForce, billedMicroUsdPerHour }, index) => {
    const covers = coversOf([...inForce.filter((one) => commitments.has(one)), term], held);
    return { hours, index, covers, billedMicroUsdPerHour, bare: openNodes(held, index, covers) };
  });
  const savingOf = (nodes: number): TermSaving => {
    let [microUsd, nodeHours] = [0, 0];
    for (const { hours, index, covers, billedMicroUsdPerHour, bare } of periods) {
      const withTerm = covers.map((cover) => (cover.commitmentId === TERM ? { ...cover, nodes } : cover));
      const open = openNodes(held, index, withTerm);
      const saved = Math.min(bare.microUsdPerHour - open.microUsdPerHour, billedMicroUsdPerHour);
      if (saved <= 0) continue;
      microUsd += hours * saved;
      nodeHours += hours * (bare.nodes - open.nodes);
    }
    return { microUsd, nodeHours };
  };
  const known = new Map<number, TermSaving>();
  return (nodes) => {
    const saving = known.get(nodes) ?? savingOf(nodes);
    known.set(nodes, saving);
    return saving;
  };
};

/** No commitment is named so: before all others that cover as many offers. */
const TERM = '';

type Linked = Readonly<{ held: readonly HeldNodes[]; commitments: ReadonlySet<Commitment> }>;

/** What is held at a place or shares commitments of nodes with it, also by way of others; and these commitments. */
const linkedTo = ({ held, periods }: Bill, zoneIds: readonly OfferId[]): Linked => {
  const linked = new Set(zoneIds);
  const commitments = new Set<Commitment>();
  const others = new Set(periods.flatMap(({ inForce }) => inForce));
  for (let grew = true; grew;) {
    grew = false;
    for (const one of others) {
      if (one.kind !== 'nodes' || !one.offerIds.some((offerId) => linked.has(offerId))) continue;
      others.delete(one);
      commitments.add(one);
      for (const offerId of one.offerIds) linked.add(offerId);
      grew = true;
    }
  }
  return { held: held.filter(({ offerId }) => linked.has(offerId)), commitments };
};
