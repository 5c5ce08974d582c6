import { isRefusal, refuse, type Instant, type Refusal } from '@slipway/kernel';
import type { Offer, Quota } from '../../catalogue/offer.js';
import { groupOfShape } from '../../demand/group-of-key.js';
import type { PlanningPolicy } from '../../policy.js';
import type { Period } from '../../simulation/period.js';
import type { RecordedEvent } from '../replay/recorded-event.js';
import { recordedPeriod } from '../replay/recorded-period.js';
import { withCatalogue } from '../replay/with-catalogue.js';
import { withDrawnSupply } from './draw-supply.js';
import { notesOnPeriod } from './notes-on-period.js';
import type { Trace } from './trace.js';

export type TraceRequest = Readonly<{
  trace: Trace;
  name: string;
  /** In place of the offers that the trace has, or where it has none. */
  catalogue?: Readonly<{ offers: readonly Offer[]; quotas: readonly Quota[] }>;
  /** Of offers of which nothing was recorded: drawn from the seed as in generated worlds, or so many nodes of each. */
  supply: 'drawn' | number;
  seed: number;
  /** What waits and bytes cost, whoever buys. */
  prices: Pick<PlanningPolicy, 'prices' | 'egress'>;
}>;

/** A period, and for people what of it was not in the trace. */
export type TracePeriod = Readonly<{ period: Period; notes: readonly string[] }>;

const STEP_MS = 900_000;
const WARM_UP_STEPS = 16;
const WARM_UP_SHARE = 0.25;
const LONGEST_MS = 31 * 86_400_000;
/** Generated worlds have no nodes without GPUs: so many of each offer can be had where its catalogue does not say. */
const NODES_WITHOUT_GPUS = 100;

/** The period that a trace tells of, ready to be run under any policy; or why there is none. */
export const periodOfTrace = (request: TraceRequest): TracePeriod | Refusal => {
  const { trace, name, catalogue, supply, seed, prices } = request;
  const span = spanOf(trace);
  if (isRefusal(span)) return span;
  const own = newestOffers(trace.offers);
  const offers = catalogue?.offers ?? own;
  const untriedNodes = supply === 'drawn' ? NODES_WITHOUT_GPUS : supply;
  const recorded = recordedPeriod(eventsOf(trace, own.length > 0 ? own : offers, offers), {
    ...span,
    ...{ name, seed, untriedNodes },
    quotas: quotasOf(trace.quotas, catalogue?.quotas ?? []),
    waitPrices: prices.prices,
    egressPrices: prices.egress,
  });
  if (isRefusal(recorded)) return recorded;
  const bought =
    catalogue !== undefined && own.length > 0
      ? withCatalogue(recorded, catalogue.offers, untriedNodes)
      : recorded;
  const period = supply === 'drawn' ? withDrawnSupply(bought, trace.market, seed) : bought;
  return { period, notes: notesOnPeriod(period, trace, supply) };
};

type Span = Readonly<{ from: Instant; until: Instant; stepMs: number; warmUpSteps: number }>;

const spanOf = ({ span, demand }: Trace): Span | Refusal => {
  if (demand.length === 0)
    return refuse(
      'invalid',
      'nothing-wanted',
      'the trace has no row of demand and no job that could be read',
    );
  const { stepMs = STEP_MS } = span;
  const from = Math.floor((span.from ?? demand[0]!.at) / stepMs) * stepMs;
  const until = span.until ?? (Math.floor((span.lastAt ?? from) / stepMs) + 1) * stepMs;
  if (until - from > LONGEST_MS)
    return refuse(
      'invalid',
      'period-too-long',
      `the period is from ${momentText(from)} until ${momentText(until)}; it may have 31 days: name its from and until in a row of type period, rows before are the past that forecasts look back on`,
    );
  const steps = Math.floor((until - from) / stepMs);
  const warmUpSteps =
    span.warmUpMs === undefined
      ? Math.min(WARM_UP_STEPS, Math.floor(steps * WARM_UP_SHARE))
      : Math.ceil(span.warmUpMs / stepMs);
  return { from, until, stepMs, warmUpSteps };
};

const momentText = (at: Instant): string => new Date(at).toISOString();

const newestOffers = (listed: Trace['offers']): readonly Offer[] => [
  ...new Map(listed.toSorted((a, b) => a.at - b.at).map(({ offer }) => [offer.offerId, offer])).values(),
];

/** What a site may hold is not of a catalogue: its quotas stand, and another catalogue's own in place of those of the same name. */
const quotasOf = (recorded: readonly Quota[], others: readonly Quota[]): readonly Quota[] => [
  ...new Map([...recorded, ...others].map((quota) => [quota.quotaId, quota])).values(),
];

const eventsOf = (
  { groups, demand, market }: Trace,
  listed: readonly Offer[],
  resolvedWith: readonly Offer[],
): readonly RecordedEvent[] => {
  const at = demand[0]!.at;
  const levels = new Map<string, number>();
  return [
    ...listed.map((offer): RecordedEvent => ({ type: 'offer-listed', at, offer })),
    ...groups.map(({ groupId, shape, floorContainers, home }): RecordedEvent => ({
      type: 'group-seen',
      at,
      group: groupOfShape(groupId, shape, resolvedWith, floorContainers, home),
    })),
    ...demand.map(({ at: changedAt, groupId, containers }): RecordedEvent => {
      const level = (levels.get(groupId) ?? 0) + containers;
      levels.set(groupId, level);
      return { type: 'demand-counted', at: changedAt, groupId, containers: Math.max(0, level) };
    }),
    ...market,
  ];
};
