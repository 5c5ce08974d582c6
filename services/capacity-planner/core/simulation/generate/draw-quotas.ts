import type { Offer, Quota } from '../../catalogue/offer.js';
import type { Chance } from '../chance.js';

/** Of the pairs of vendor and GPU type, so many have a limit; it lies at this share of what the vendor has. */
const SHARE_WITH_QUOTA = 0.3;
const LIMIT_SHARE = 0.7;
const LEAST_LIMIT = 8;

/** Limits that vendors set us and tell us. They bind on demand alone, where vendors have enough of it to need them. */
export const drawQuotas = (
  offers: readonly Offer[],
  nodes: readonly number[],
  chance: Chance,
): readonly Quota[] => {
  const luck = chance.of('quotas');
  const onDemand = offers
    .map(({ vendor, purchase, shape }, index) => ({
      vendor,
      purchase,
      gpuType: shape.gpuType,
      gpus: nodes[index]! * shape.gpuCount,
    }))
    .filter(({ purchase }) => purchase === 'on-demand');
  return [...Map.groupBy(onDemand, ({ vendor, gpuType }) => `${vendor}/${gpuType}`)]
    .filter(() => luck.happens(SHARE_WITH_QUOTA))
    .map(([quotaId, of]) => {
      const { vendor, gpuType } = of[0]!;
      const gpus = of.reduce((sum, offer) => sum + offer.gpus, 0);
      const limit = Math.max(LEAST_LIMIT, Math.ceil((gpus * LIMIT_SHARE) / LEAST_LIMIT) * LEAST_LIMIT);
      return { quotaId, scope: { vendor, gpuType, purchase: 'on-demand' }, limit };
    });
};
