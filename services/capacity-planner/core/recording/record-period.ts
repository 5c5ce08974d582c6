import { shapeOfDemandKey, type CommitmentTerms } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Host } from '../acting/host.state.js';
import type { MarketEvent } from '../backtest/replay/recorded-event.js';
import type { Happened, TraceGroup } from '../backtest/trace/trace.js';
import type { Offer, Quota } from '../catalogue/offer.js';
import type { MeteredStep } from '../demand/demand-meter.js';
import type { DataHome, Floors } from '../demand/group-of-key.js';
import type { PlanningPolicy } from '../policy.js';
import type { RecordedCatalogues } from './record-catalogues.js';
import { recordDemand } from './record-demand.js';
import { recordHosts } from './record-hosts.js';
import { isOfTime, rowOfCommitment } from './row-of-commitment.js';
import { rowOfOffer } from './row-of-offer.js';
import type { TraceRow } from './trace-row.js';
import { waits, type Waits } from './waits.js';
import { whileListed } from './while-listed.js';
import { whatHappened } from './what-happened.js';

/** All that is kept of a stretch of time. */
export type KeptPeriod = Readonly<{
  from: Instant;
  until: Instant;
  /** Also those before `from`: what forecasts look back on. */
  steps: readonly MeteredStep[];
  catalogues: RecordedCatalogues;
  quotas: readonly Quota[];
  /** What was committed to, at whatever time. */
  commitments: readonly CommitmentTerms[];
  hosts: readonly Host[];
  floors: Floors;
  home?: DataHome;
  policy: PlanningPolicy;
}>;

/** What really happened, as rows of a trace that `readTrace` reads again. */
export const recordPeriod = (kept: KeptPeriod): readonly TraceRow[] => {
  const { from, until, steps, catalogues, quotas, commitments, hosts, floors, home, policy } = kept;
  const demand = recordDemand(steps.filter(({ startsAt }) => startsAt < until)).filter(
    ({ groupId }) => shapeOfDemandKey(groupId) !== undefined,
  );
  const keys = new Set(demand.map(({ groupId }) => groupId));
  return [
    periodRow(from, until),
    { type: 'policy', policy },
    happenedRow(
      whatHappened(hosts, from, until, commitments.filter(isOfTime(from, until))),
      waits(steps, from, until),
    ),
    ...notesOf(kept).map((note) => ({ type: 'note', text: note })),
    ...catalogues.offers.flatMap(offerRow),
    ...quotas.map(quotaRow),
    ...commitments.filter(isOfTime(from - WARM_UP_MS, until)).map(rowOfCommitment),
    ...[...keys].flatMap((key) => groupRow(key, floors.get(key) ?? 0, home)),
    ...demand.map(({ at, groupId, containers }) => ({
      ...{ type: 'demand', at: text(at), group: groupId, containers },
    })),
    ...whileListed(catalogues.market, recordHosts(hosts, from - WARM_UP_MS, until))
      .filter(({ at }) => at <= until)
      .map(marketRow),
  ];
};

/** What there was and no row says, and what rows may say wrong. */
const notesOf = ({ catalogues: { offers, unsaidRaises } }: KeptPeriod): readonly string[] => {
  const unsaid = offers.filter((offer) => rowOfOffer(offer) === undefined);
  return [
    ...(unsaid.length === 0
      ? []
      : [`${unsaid.length} offers are left out: catalogues have no column for how they are bought`]),
    ...(unsaidRaises === 0
      ? []
      : [
          `${unsaidRaises} catalogues do not say what losses had raised their rates of preemption by: of spot offers that may be in the rates, and count twice in a replay`,
        ]),
  ];
};

/** A fleet that is begun with costs more than one that stands: it is built up before what is accounted begins. */
export const WARM_UP_MS = 4 * 3_600_000;

const periodRow = (from: Instant, until: Instant): TraceRow => ({
  type: 'period',
  name: `${text(from)}/${text(until)}`,
  from: text(from - WARM_UP_MS),
  until: text(until),
  warm_up_s: WARM_UP_MS / 1_000,
});

const text = (at: Instant): string => new Date(at).toISOString();

const happenedRow = (
  { costMicroUsd, coveredMicroUsd, ...counts }: Happened,
  waited: Waits | undefined,
): TraceRow => ({
  type: 'happened',
  cost_micro_usd: costMicroUsd,
  ...(coveredMicroUsd === undefined ? {} : { covered_micro_usd: coveredMicroUsd }),
  ...counts,
  ...(waited && { wanted_gpu_ms: waited.wantedGpuMs, waited_gpu_ms: waited.waitedGpuMs }),
});

const offerRow = (offer: Offer): readonly TraceRow[] => {
  const row = rowOfOffer(offer);
  return row === undefined ? [] : [{ type: 'offer', ...row }];
};

const quotaRow = ({ quotaId, scope, limit }: Quota): TraceRow => {
  const { gpuType, ...place } = scope;
  return {
    type: 'quota',
    quota: quotaId,
    ...place,
    ...(gpuType === undefined ? {} : { gpu: gpuType }),
    limit,
  };
};

/** A demand key says all of its group but what is reserved and where its data are. */
const groupRow = (key: string, floorContainers: number, home?: DataHome): readonly TraceRow[] => {
  const shape = shapeOfDemandKey(key);
  if (shape === undefined || (floorContainers === 0 && home === undefined)) return [];
  return [rowOfGroup({ groupId: key, shape, floorContainers, ...(home === undefined ? {} : { home }) })];
};

const rowOfGroup = ({ groupId, shape, floorContainers, home }: TraceGroup): TraceRow => ({
  type: 'group',
  group: groupId,
  gpus: shape.gpusPerContainer,
  gpu_types: shape.gpuTypes,
  vcpus: shape.milliCpu / 1_000,
  memory_gib: shape.memoryMiB / 1_024,
  regions: shape.regions,
  vendors: shape.vendors,
  spot: shape.spotTolerated ? 'tolerated' : 'refused',
  class: shape.latencyClass,
  priority: shape.priority,
  floor_containers: floorContainers,
  ...(home === undefined
    ? {}
    : {
        data_vendor: home.vendor,
        data_region: home.region,
        data_gib_per_hour: home.gibPerContainerHour,
      }),
});

const marketRow = (event: MarketEvent): TraceRow => {
  const of = { at: text(event.at), offer: event.offerId };
  switch (event.type) {
    case 'offer-priced':
      return { type: 'price', ...of, usd_per_hour: event.priceMicroUsdPerNodeHour / 1_000_000 };
    case 'depth-seen':
      return { type: 'capacity', ...of, nodes: event.nodes };
    case 'depth-reached':
      return { type: 'capacity', ...of, nodes_at_least: event.nodes };
    case 'depth-forgotten':
      return { type: 'capacity', ...of, nodes: null };
    case 'nodes-taken':
      return { type: 'preemption', ...of, taken: event.takenNodes, held: event.heldNodes };
    default:
      return event satisfies never;
  }
};
