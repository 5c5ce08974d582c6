import type { Offer, OfferId } from '../catalogue/offer.js';
import type { DemandGroup, GroupId } from '../demand/demand-group.js';
import type { PlanningProblem } from '../planning-problem.js';
import { egressPerHour, unitsOf, unitsOn } from './list-prices.js';

/** Who may stand on nodes of an offer. */
export type OfferUse = Readonly<{
  offer: Offer;
  /** Units of a node. */
  units: number;
  /** Of these, what one container takes, by those who may stand there. */
  taken: ReadonlyMap<GroupId, number>;
  /** The same for offers that the same groups may use in the same way, of about the same lead: those make a cell. */
  likeness: string;
}>;

export type OfferUses = ReadonlyMap<OfferId, OfferUse>;

/** Leads up to each of these wait about as long. */
const LEADS_UP_TO_MINUTES = [3, 6, 12, 30, 120];

export const offerUses = (problem: PlanningProblem): OfferUses => {
  const accepting = new Map<string, DemandGroup[]>();
  for (const group of problem.groups)
    for (const gpuType of new Set(group.gpuTypes))
      accepting.set(gpuType, [...(accepting.get(gpuType) ?? []), group]);
  return new Map(
    problem.offers.map((offer) => [
      offer.offerId,
      useOf(problem, offer, accepting.get(offer.shape.gpuType) ?? []),
    ]),
  );
};

const useOf = ({ policy }: PlanningProblem, offer: Offer, groups: readonly DemandGroup[]): OfferUse => {
  const { shape, purchase, behaviour } = offer;
  const units = unitsOf(shape, policy.cpuSlot);
  const taken = new Map<GroupId, number>();
  const lead = LEADS_UP_TO_MINUTES.filter((minutes) => behaviour.leadMs > minutes * 60_000).length;
  let likeness = `${shape.gpuType}|${purchase === 'spot' ? 'spot' : 'firm'}|${lead}`;
  for (const group of groups) {
    if (!isAllowed(group, offer)) continue;
    const perContainer = unitsOn(group, offer, policy.cpuSlot);
    if (perContainer > units) continue;
    taken.set(group.groupId, perContainer);
    likeness += `|${group.groupId} ${perContainer} ${egressPerHour(policy, group, offer)}`;
  }
  return { offer, units, taken, likeness };
};

const isAllowed = ({ pins, spot }: DemandGroup, { vendor, region, geo, purchase }: Offer): boolean =>
  (pins.vendors.length === 0 || pins.vendors.includes(vendor)) &&
  (pins.regions.length === 0 || pins.regions.includes(region)) &&
  (pins.geos.length === 0 || pins.geos.includes(geo)) &&
  (spot !== 'refused' || purchase !== 'spot');
