import type { OfferExplanation } from '@slipway/contracts';
import type { Offer } from '../catalogue/offer.js';
import type { Prepared, PreparedGroup, Unit } from '../model/prepared.js';
import type { Plan } from '../plan/plan.js';
import { containerPrice } from './container-price.js';
import { whyNotStand } from './why-not-stand.js';

type GroupChoice = OfferExplanation['groups'][number];

/** Where a group stands is told of so many offers, those that carry most of it. */
const MOST_PLACES = 5;

/**
 * The groups that accept the offer's GPU: what a container of each would cost on it and what it costs where the plan has it, or
 * why it may not stand there. Those that could use it come first.
 */
export const groupChoices = (
  prepared: Prepared,
  plan: Plan,
  offer: Offer,
  unit: Unit | undefined,
): readonly GroupChoice[] => {
  const unitOf = new Map(
    prepared.units.flatMap((known) => known.members.map((member) => [member.offer.offerId, known] as const)),
  );
  const shortOf = new Map(plan.service.map(({ groupId, short }) => [groupId, short[0] ?? 0]));
  const choiceOf = ({ index, group, wanted }: PreparedGroup): GroupChoice => {
    const because = whyNotStand(group, offer, prepared.problem.policy.cpuSlot);
    return {
      demandKey: group.groupId,
      wanted: wanted[0] ?? 0,
      short: shortOf.get(group.groupId) ?? 0,
      ...(because.length === 0 && unit !== undefined
        ? { microUsdPerContainerHour: Math.round(containerPrice(prepared, unit, index)) }
        : { because: because.join('; ') }),
      standsOn: plan.flows
        .filter(({ groupId, containers }) => groupId === group.groupId && containers > 0)
        .toSorted((a, b) => b.containers - a.containers)
        .slice(0, MOST_PLACES)
        .map(({ offerId, containers }) => ({
          ...{ offerId, containers },
          microUsdPerContainerHour: Math.round(containerPrice(prepared, unitOf.get(offerId)!, index)),
        })),
    };
  };
  return prepared.groups
    .filter(({ group }) => group.gpuTypes.includes(offer.shape.gpuType))
    .map(choiceOf)
    .toSorted(
      (a, b) =>
        Number(a.because !== undefined) - Number(b.because !== undefined) ||
        b.wanted - a.wanted ||
        (a.demandKey < b.demandKey ? -1 : 1),
    );
};
