import type { Instant } from '@slipway/kernel';
import type { Offer } from '../catalogue/offer.js';
import type { Fleet, Holding } from '../fleet/fleet.js';
import type { StandingAtFirst } from '../simulation/index.js';

/** Long enough ago for every minimum to be over. */
const LONG_AGO_MS = 62 * 86_400_000;

/** The fleet as a rehearsal begins with it, node by node; nothing where it is not known what stands on each. */
export const imaginedNodes = (
  { holdings, nodes }: Fleet,
  offers: ReadonlyMap<string, Offer>,
  at: Instant,
): readonly StandingAtFirst[] | undefined => {
  if (nodes === undefined) return undefined;
  const standing = Map.groupBy(nodes, ({ offerId }) => offerId);
  return holdings.flatMap((holding) => {
    const offer = offers.get(holding.offerId);
    if (offer === undefined) return [];
    // The fullest first: those on their way have nothing on them, and what is drained is known beside those that are held.
    const running = (standing.get(holding.offerId) ?? [])
      .map((node) => node.running)
      .toSorted((a, b) => countOf(b) - countOf(a))
      .slice(0, holding.nodes - holding.startingNodes);
    const paid = paidUntil(holding);
    return Array.from({ length: holding.nodes }, (_, index): StandingAtFirst => ({
      offerId: holding.offerId,
      startedAt: startedAt(offer, paid[index], at),
      readyAt:
        index < holding.nodes - holding.startingNodes ? at : at + Math.round(offer.behaviour.leadMs / 2),
      containers: running[index] ?? [],
    }));
  });
};

const countOf = (running: StandingAtFirst['containers']): number =>
  running.reduce((sum, { containers }) => sum + containers, 0);

const paidUntil = (holding: Holding): readonly Instant[] =>
  holding.paidUntil
    .flatMap(({ at, nodes }) => Array.from({ length: nodes }, () => at))
    .toSorted((a, b) => b - a);

/** A start from which the offer's minimum and increment pay until then. */
const startedAt = ({ billing }: Offer, until: Instant | undefined, at: Instant): Instant => {
  const incrementMs = billing.incrementSeconds * 1_000;
  if (until === undefined || until <= at) return at - Math.ceil(LONG_AGO_MS / incrementMs) * incrementMs;
  return Math.min(at, until - Math.max(billing.minimumSeconds * 1_000, incrementMs));
};
