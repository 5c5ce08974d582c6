import type { Instant } from '@slipway/kernel';
import type { Catalogue, Quarantined } from './catalogue.js';
import { usdText } from './micro-usd.js';
import type { Offer, OfferId, Quota } from './offer.js';
import { BELIEVED_AFTER, JUMP, quarantine, type Seen } from './quarantine.js';
import { readRow, type RowRead } from './read-row.js';
import { faultOf, type Row, type RowFault } from './row.js';
import { usualPrices } from './usual-prices.js';

/** A price per GPU outside of these multiples of the usual one is a mistake of the list, not an opportunity. */
const LEAST_OF_USUAL = 0.3;
const MOST_OF_USUAL = 3;
/** Spot is cheaper than that: its own floor. */
const LEAST_SPOT_OF_USUAL = 0.03;

export type Refreshed = Readonly<{ catalogue: Catalogue; faults: readonly RowFault[] }>;

export type Refresh = Readonly<{
  rows: readonly Row[];
  at: Instant;
  /** When the prices were seen; left out: as their rows are dated. */
  seen?: Seen;
}>;

type Found = Readonly<{ row: Row; read: RowRead }>;

/**
 * The catalogue that these rows make of the one before. Each row is judged by itself and beside all others; one that is wrong is
 * named and left out, never the whole. Takes time in proportion to the rows.
 */
export const refreshCatalogue = (before: Catalogue, { rows, at, seen = 'as-dated' }: Refresh): Refreshed => {
  const found = rows.map((row): Found => ({ row, read: readRow(row, at) }));
  const faults = found.flatMap(({ read }) => read.faults);
  const usual = usualPrices(found.flatMap(({ read }) => read.offers));
  const offers = new Map<OfferId, Offer>();
  const lines = new Map<OfferId, Row>();
  for (const { row, read } of found)
    for (const offer of read.offers) {
      const first = lines.get(offer.offerId);
      if (first !== undefined) {
        faults.push({
          ...faultOf(row, 'instance_type', `said once; ${first.file}:${first.line} says this offer already`),
          value: offer.offerId,
        });
        continue;
      }
      lines.set(offer.offerId, row);
      const fault = priceFault(row, offer, usual.get(offer.shape.gpuType));
      if (fault === undefined) offers.set(offer.offerId, offer);
      else faults.push(fault);
    }
  const believed = new Set(
    found.flatMap(({ read }) => (read.isBelieved ? read.offers.map(({ offerId }) => offerId) : [])),
  );
  const held = quarantine(before, offers, { at, seen, believed });
  for (const jump of held.quarantined.values())
    faults.push(jumpFault(lines.get(jump.offerId)!, offers.get(jump.offerId)!, jump));
  return {
    faults,
    catalogue: {
      ...held,
      terms: found.flatMap(({ read }) => read.terms),
      quotas: quotasOf(found, faults),
    },
  };
};

const PRICE_FIELDS = {
  'on-demand': 'on_demand_usd',
  spot: 'spot_usd',
  queued: 'queued_usd',
  block: 'on_demand_usd',
  committed: 'term_1y_usd',
} as const;

const priceFault = (row: Row, { shape, billing, purchase }: Offer, usual?: number): RowFault | undefined => {
  if (usual === undefined || shape.gpuCount === 0) return undefined;
  const perGpu = billing.priceMicroUsdPerNodeHour / shape.gpuCount;
  const least = usual * (purchase === 'on-demand' ? LEAST_OF_USUAL : LEAST_SPOT_OF_USUAL);
  const most = usual * MOST_OF_USUAL;
  if (perGpu >= least && perGpu <= most) return undefined;
  return faultOf(
    row,
    PRICE_FIELDS[purchase],
    `from ${usdText(Math.ceil(least * shape.gpuCount))} to ${usdText(Math.floor(most * shape.gpuCount))} for ` +
      `${shape.gpuCount} ${shape.gpuType}: one usually costs ${usdText(Math.round(usual))} per hour`,
  );
};

/** The row stays, at the price that it had; the new one is told, so that a person can look at it. */
const jumpFault = (row: Row, { purchase }: Offer, jump: Quarantined): RowFault =>
  faultOf(
    row,
    PRICE_FIELDS[purchase],
    `within ${JUMP * 100} % of ${usdText(jump.formerMicroUsdPerNodeHour)}, which ${jump.offerId} keeps until another price was ` +
      `seen at ${BELIEVED_AFTER} moments (so far ${jump.timesSaid}) or its row has believed_on`,
  );

/** A quota concerns a vendor's region and GPU: rows that say different limits contradict each other, the lower one holds. */
const quotasOf = (found: readonly Found[], faults: RowFault[]): readonly Quota[] => {
  const quotas = new Map<string, Quota>();
  for (const { row, read } of found)
    for (const quota of read.quotas) {
      const known = quotas.get(quota.quotaId);
      if (known !== undefined && known.limit !== quota.limit)
        faults.push(
          faultOf(
            row,
            'quota_gpus',
            `${known.limit}, as another row says of ${quota.quotaId}; the lower holds`,
          ),
        );
      if (known === undefined || quota.limit < known.limit) quotas.set(quota.quotaId, quota);
    }
  return [...quotas.values()];
};
