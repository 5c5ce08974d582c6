import type { Prepared, Unit } from '../model/prepared.js';
import { nodesAfter } from '../plan/diff-plans.js';
import type { Plan } from '../plan/plan.js';
import { slotPrice } from './container-price.js';

/** Another offer that serves the same groups in the same way. */
export type Rival = Readonly<{ offerId: string; perSlot: number; nodes: number; cap: number }>;

/** The other offers of its cell, the cheapest first: price alone decides between them. */
export const rivalsOf = ({ units }: Prepared, unit: Unit, plan: Plan, offerId: string): readonly Rival[] => {
  const held = nodesAfter(plan);
  return units
    .filter(({ cell }) => cell === unit.cell)
    .flatMap((rival) =>
      rival.members.map((member): Rival => ({
        offerId: member.offer.offerId,
        perSlot: slotPrice(rival),
        nodes: held.get(member.offer.offerId) ?? 0,
        cap: member.cap,
      })),
    )
    .filter((rival) => rival.offerId !== offerId)
    .toSorted((a, b) => a.perSlot - b.perSlot || (a.offerId < b.offerId ? -1 : 1));
};

/** Where it is bought: the next that has room. Where it is not: the dearest that is bought. */
export const decisiveRival = (rivals: readonly Rival[], bought: boolean, own: number): Rival | undefined =>
  bought
    ? rivals.find(({ perSlot, nodes, cap }) => perSlot >= own && nodes < cap)
    : rivals.findLast(({ nodes }) => nodes > 0);
