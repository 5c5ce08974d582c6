import type { CommitmentTerms } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Commitment, Offer } from '../catalogue/offer.js';
import { commitmentsOf } from '../commitments/commitments-of.js';
import type { Drawing } from './drawing.js';

const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 86_400_000;

/** To one instance type in its region, to its GPU type anywhere at that vendor, and to a share of the vendor's bill; some end soon. */
export const manyCommitments = (
  draw: Drawing,
  offers: readonly Offer[],
  at: Instant,
): readonly Commitment[] => {
  const { vendor, region, instanceType, shape, billing } = draw.one(offers);
  const endsAt = (): Instant => at + (draw.chance(0.3) ? draw.whole(1, 60) * MINUTE_MS : YEAR_MS);
  const term = (): Pick<CommitmentTerms, 'vendor' | 'startsAt' | 'endsAt'> => ({
    ...{ vendor, endsAt: endsAt() },
    startsAt: at - draw.whole(0, 1) * MINUTE_MS,
  });
  const nodes = () => ({
    kind: 'nodes' as const,
    nodes: draw.whole(1, 3),
    priceMicroUsdPerNodeHour: Math.round(billing.priceMicroUsdPerNodeHour * draw.between(0.3, 0.8)),
  });
  const terms: readonly CommitmentTerms[] = [
    { ...term(), ...nodes(), commitmentId: 'of-a-region', region, instanceType },
    { ...term(), ...nodes(), commitmentId: 'of-a-gpu', gpuType: shape.gpuType },
    ...[1, 2].map((share): CommitmentTerms => ({
      ...{ ...term(), kind: 'spend', commitmentId: `share-${share}` },
      coveredMicroUsdPerHour: draw.whole(1, 20_000_000),
      priceMicroUsdPerHour: draw.whole(1, 10_000_000),
    })),
  ];
  return commitmentsOf(draw.some(terms, 0.7), offers, at);
};
