import type { Instant } from '@slipway/kernel';
import { gpuFact } from './gpu-facts.js';
import { CPU_ONLY, type NodeShape, type Offer, type OfferBehaviour, type PurchaseOption } from './offer.js';
import { usdText } from './micro-usd.js';
import { offerIdOf } from './offer-id.js';
import { FieldReader } from './field-reader.js';
import { faultOf, type Row, type RowFault } from './row.js';
import type { Quota } from './offer.js';
import type { TermPrice } from './term-price.js';

export type RowRead = Readonly<{
  offers: readonly Offer[];
  terms: readonly TermPrice[];
  quotas: readonly Quota[];
  /** A person has looked at its prices, as they were on the day that it is dated. */
  isBelieved: boolean;
  faults: readonly RowFault[];
}>;

/** A row whose spot price is nearly the on-demand one says "no spot". */
const MAX_SPOT_SHARE = 0.97;
const LEAST_TERM_SHARE = 0.1;
const SPOT_PREEMPTIONS_PER_HOUR = 0.05;
const MAX_GIB_PER_VCPU = 64;

/** Reads one row: its offers, or why there are none. `at` is now: a price from the future is refused. */
export const readRow = (row: Row, at: Instant): RowRead => {
  const read = new FieldReader(row);
  const vendor = read.name('vendor');
  const region = read.name('region');
  const zone = read.optionalName('zone');
  const geo = read.name('geo');
  const instanceType = read.name('instance_type');
  const shape = readShape(read, row);
  const onDemand = read.price('on_demand_usd');
  const spot = read.price('spot_usd');
  const queued = read.price('queued_usd');
  const incrementSeconds = read.integer('increment_s', 1, 86_400, 1);
  const minimumSeconds = read.integer('minimum_s', 0, 31 * 86_400, 60);
  const behaviour = readBehaviour(read);
  const spotRate = read.decimal('preemptions_per_hour', 0, 10, SPOT_PREEMPTIONS_PER_HOUR);
  const pricedAt = read.day('priced_on', at);
  const believedOn = read.optionalDay('believed_on', at);
  const source = read.text('source');
  const quotaGpus = read.integer('quota_gpus', 0, 1_000_000, undefined);
  const said = readTerms(read);
  if (onDemand === undefined && spot === undefined && queued === undefined && read.faults.length === 0)
    read.refuse(
      'on_demand_usd',
      'a price in dollars per node and hour; spot_usd or queued_usd may stand alone',
    );
  if (read.faults.length > 0 || shape === undefined || pricedAt === undefined)
    return { offers: [], terms: [], quotas: [], isBelieved: false, faults: read.faults };

  const noSpot = spot !== undefined && onDemand !== undefined && spot > onDemand * MAX_SPOT_SHARE;
  const terms = said.filter((term) => isPlausible(term, onDemand));
  const termFaults = said
    .filter((term) => !terms.includes(term))
    .map(({ months }) =>
      faultOf(
        row,
        termField(months),
        `below on_demand_usd and at least a tenth of it, ${usdText(onDemand ?? 0)}; the term is left out`,
      ),
    );
  const planned = (row.fields['planning_values'] ?? '').split(' ');
  const offerOf = (purchase: PurchaseOption, price: number | undefined): Offer[] =>
    price === undefined
      ? []
      : [
          {
            offerId: offerIdOf({ vendor, region, zone, instanceType, purchase }),
            ...{ vendor, region, zone, geo, instanceType, purchase, shape, pricedAt, source },
            billing: { priceMicroUsdPerNodeHour: price, incrementSeconds, minimumSeconds },
            behaviour: { ...behaviour, preemptionsPerNodeHour: purchase === 'spot' ? spotRate : 0 },
          },
        ];
  return {
    offers: [
      ...offerOf('on-demand', onDemand),
      ...(noSpot ? [] : offerOf('spot', spot)),
      ...offerOf('queued', queued),
    ],
    terms: terms.map(({ months, price }) => ({
      ...{ vendor, region, instanceType, months, pricedAt, source },
      priceMicroUsdPerNodeHour: price,
      basis: planned.includes(termField(months)) ? 'planning-value' : 'published',
    })),
    quotas:
      quotaGpus === undefined
        ? []
        : [
            {
              quotaId: `${vendor}/${region}/${shape.gpuType}`,
              scope: { vendor, region, gpuType: shape.gpuType },
              limit: quotaGpus,
            },
          ],
    isBelieved: believedOn === pricedAt,
    faults: [
      ...(noSpot
        ? [faultOf(row, 'spot_usd', `at most ${MAX_SPOT_SHARE} of on_demand_usd; the spot offer is left out`)]
        : []),
      ...termFaults,
    ],
  };
};

const readTerms = (read: FieldReader): readonly Term[] =>
  [12, 36].flatMap((months) => {
    const price = read.price(termField(months));
    return price === undefined ? [] : [{ months, price }];
  });

type Term = Readonly<{ months: number; price: number }>;

const termField = (months: number): string => `term_${months / 12}y_usd`;

/** Who commits to a term pays less than who does not, and not next to nothing. */
const isPlausible = ({ price }: Term, onDemand: number | undefined): boolean =>
  onDemand === undefined || (price < onDemand && price >= onDemand * LEAST_TERM_SHARE);

const readShape = (read: FieldReader, row: Row): NodeShape | undefined => {
  const isCpu = (row.fields['gpu'] ?? '').toUpperCase() === CPU_ONLY;
  const fact = isCpu ? undefined : gpuFact(read.text('gpu'));
  if (!isCpu && fact === undefined) read.refuse('gpu', 'a known GPU (H100, A100-80GB, L4 …) or CPU');
  const gpuCount = read.integer('gpu_count', 0, 16, undefined) ?? 0;
  const counts = isCpu ? [0] : fact?.countsPerNode;
  if (counts !== undefined && !counts.includes(gpuCount))
    read.refuse(
      'gpu_count',
      isCpu ? '0 on a node of CPUs' : `one of ${counts.join(', ')} for ${fact?.gpuType}`,
    );
  const stated = read.decimal('gpu_memory_gib', 1, 2_048, fact?.memoryGiB ?? 0);
  // 94 GiB as a tool counts them is a card of 96 GB: a tenth either way is the same card.
  if (fact !== undefined && Math.abs(stated - fact.memoryGiB) > fact.memoryGiB / 10)
    read.refuse('gpu_memory_gib', `about ${fact.memoryGiB}, the memory of one ${fact.gpuType}`);
  const vcpus = read.integer('vcpus', 1, 2_048, undefined) ?? 1;
  const memoryGiB = read.decimal('memory_gib', 0.5, 32_768, undefined) ?? 1;
  if (memoryGiB > vcpus * MAX_GIB_PER_VCPU)
    read.refuse('memory_gib', `GiB of the whole node, at most ${MAX_GIB_PER_VCPU} for each vCPU`);
  const localDiskGiB = read.integer('local_disk_gib', 0, 1_000_000, 0);
  const networkGbps = read.decimal('network_gbps', 0, 10_000, 0);
  return {
    gpuType: fact?.gpuType ?? CPU_ONLY,
    gpuMemoryGiB: fact?.memoryGiB ?? 0,
    memoryMiB: Math.round(memoryGiB * 1_024),
    ...{ gpuCount, vcpus, localDiskGiB, networkGbps },
  };
};

const readBehaviour = (read: FieldReader): Omit<OfferBehaviour, 'preemptionsPerNodeHour'> => {
  const availableNodes = read.integer('available_nodes', 0, 1_000_000, undefined);
  return {
    leadMs: read.integer('lead_s', 0, 7 * 86_400, 180) * 1_000,
    startSuccess: read.decimal('start_success', 0.01, 1, 0.98),
    performance: read.decimal('performance', 0.1, 10, 1),
    health: read.decimal('health', 0.1, 1, 1),
    ...(availableNodes === undefined ? {} : { availableNodes }),
  };
};
