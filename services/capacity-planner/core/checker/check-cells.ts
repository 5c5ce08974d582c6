import type { Plan } from '../plan/plan.js';
import type { OfferUses } from './offer-uses.js';

/** A cell is all planned offers that serve the same groups in the same way, and its lead the longest of all such offers. */
export const checkCells = (plan: Plan, uses: OfferUses): string[] => {
  const wrong: string[] = [];
  const leads = longestLeads(uses);
  const cellAlike = new Map<string, string>();
  const cellsOf = new Map(plan.cells.map((cell) => [cell.cellId, cell]));
  for (const { cellId, gpuType, leadMs, offerIds } of plan.cells) {
    const [likeness, ...others] = new Set(offerIds.map((offerId) => uses.get(offerId)!.likeness));
    if (likeness === undefined || others.length > 0) {
      wrong.push(`${cellId}: its offers do not serve the same groups in the same way`);
      continue;
    }
    if (cellAlike.has(likeness)) wrong.push(`${cellId} is ${cellAlike.get(likeness)} once more`);
    else cellAlike.set(likeness, cellId);
    const found = offerIds.find((offerId) => uses.get(offerId)!.offer.shape.gpuType !== gpuType);
    if (found !== undefined) wrong.push(`${cellId}: ${found} has no ${gpuType}`);
    if (leadMs !== leads.get(likeness))
      wrong.push(`${cellId}: its longest lead is ${leads.get(likeness)} ms, not ${leadMs}`);
  }
  for (const { offerId } of plan.offers) {
    const cellId = cellAlike.get(uses.get(offerId)!.likeness);
    if (cellId !== undefined && !cellsOf.get(cellId)!.offerIds.includes(offerId))
      wrong.push(`${offerId} serves as ${cellId} does and is not in it`);
  }
  for (const { groupId, cellId } of plan.serving) {
    const first = cellsOf.get(cellId)?.offerIds[0];
    if (first === undefined || !uses.get(first)!.taken.has(groupId))
      wrong.push(`${groupId} is served by ${cellId}, where it may not stand`);
  }
  return wrong;
};

const longestLeads = (uses: OfferUses): ReadonlyMap<string, number> => {
  const leads = new Map<string, number>();
  for (const { likeness, offer } of uses.values())
    leads.set(likeness, Math.max(leads.get(likeness) ?? 0, offer.behaviour.leadMs));
  return leads;
};
