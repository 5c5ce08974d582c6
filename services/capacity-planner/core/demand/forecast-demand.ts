import type { Instant } from '@slipway/kernel';
import { CPU_ONLY } from '../catalogue/offer.js';
import type { DemandGroup, Forecast, GroupForecast, PeriodDemand, PooledError } from './demand-group.js';
import type { MeteredStep } from './demand-meter.js';
import { isPinned } from './is-pinned.js';
import { seriesOf, SERIES_STEP_MS, type DemandSeries } from './demand-series.js';
import type { Foretold } from './forecast/demand-paths.js';
import type { Forecaster } from './forecast/forecaster.js';
import { pastErrors, type PastError } from './forecast/past-errors.js';
import { QUANTILE_LEVELS, quantileOf } from './forecast/quantiles.js';
import { seasonalRecent } from './forecast/seasonal-recent.js';
import { layOutFutures } from './lay-out-futures.js';

/** How far apart the moments of the past stand at which forecasts are tried. */
const ERROR_STRIDE_STEPS = 3;
/** Below so many errors of the past a spread is read from the counts themselves. */
const FEWEST_ERRORS = 12;
const POOLED_LEVELS = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99, 0.995] as const;

export type ForecastQuestion = Readonly<{
  at: Instant;
  groups: readonly DemandGroup[];
  /** What was metered, in any order; holes are steps that are not in it. */
  steps: readonly MeteredStep[];
  /** Containers wanted at `at`, by group; a group that is not in it wants none. */
  wantedNow: ReadonlyMap<string, number>;
  periodsMs: readonly number[];
  stepMs?: number;
  forecaster?: Forecaster;
  /** Futures are laid out from this moment on, at which so many containers are wanted; left out, none are. */
  futuresFrom?: Readonly<{ at: Instant; wanted: ReadonlyMap<string, number> }>;
}>;

/**
 * Demand over the periods of a horizon. The first period expects at least what is wanted now. Fractions are kept: rounding each
 * group up buys machines that nobody wants.
 */
export const forecastDemand = (question: ForecastQuestion): Forecast => {
  const { at, groups, steps, wantedNow, periodsMs } = question;
  const { stepMs = SERIES_STEP_MS, forecaster = seasonalRecent } = question;
  const spans = spansOf(periodsMs, stepMs);
  const foretold = groups.map(({ groupId }): Foretold => {
    const series = seriesOfGroup(groupId, steps, at, stepMs);
    return { series, foretell: forecaster(series) };
  });
  const outlooks = groups.map((group, index) => ({ group, outlook: outlookOf(foretold[index]!, spans) }));
  const { futuresFrom } = question;
  const futures =
    futuresFrom &&
    layOutFutures(
      {
        from: futuresFrom.at,
        wanted: groups.map(({ groupId }) => futuresFrom.wanted.get(groupId) ?? 0),
        ...{ knownUntil: at, firstMs: periodsMs[0]!, stepMs, forecaster },
      },
      foretold,
    );
  return {
    madeAt: at,
    groups: outlooks.map(({ group, outlook }): GroupForecast => {
      const now = wantedNow.get(group.groupId) ?? 0;
      return {
        groupId: group.groupId,
        periods: outlook.map((period, index) =>
          periodDemand(period, index === 0 ? now : 0, !period.known && index > 0 ? now : undefined),
        ),
      };
    }),
    pooledErrors: poolErrors(
      outlooks.map(({ group, outlook }) => ({ group, errors: outlook[0]?.errors ?? [] })),
    ),
    ...(futures && { futures }),
  };
};

/** The leads that a period spans, the first and last step behind the series. */
type Span = Readonly<{ first: number; last: number }>;
type Outlook = Readonly<{ known: boolean; expected: number; errors: readonly PastError[] }>;

const spansOf = (periodsMs: readonly number[], stepMs: number): readonly Span[] => {
  let fromMs = 0;
  return periodsMs.map((lengthMs) => {
    const first = Math.floor(fromMs / stepMs) + 1;
    fromMs += lengthMs;
    return { first, last: Math.max(first, Math.ceil(fromMs / stepMs)) };
  });
};

/** The steps before a group was first heard of are not known to be zero. */
const seriesOfGroup = (
  groupId: string,
  steps: readonly MeteredStep[],
  at: Instant,
  stepMs: number,
): DemandSeries => {
  const since = steps.reduce(
    (least, { startsAt, containers }) => (groupId in containers ? Math.min(least, startsAt) : least),
    Infinity,
  );
  const points = steps
    .filter(({ startsAt }) => startsAt >= since)
    .map(({ startsAt, containers }) => ({ startsAt, containers: containers[groupId] ?? 0 }));
  return seriesOf(points, at, stepMs);
};

const isKnown = ({ values }: DemandSeries): boolean => values.some((value) => value !== undefined);

/** Leads of one span that are looked at: its ends and what lies evenly between. */
const MOST_LEADS = 4;

const outlookOf = ({ series, foretell }: Foretold, spans: readonly Span[]): readonly Outlook[] => {
  const middles = spans.map(({ first, last }) => Math.ceil((first + last) / 2));
  const errors = pastErrors(foretell, series, middles, ERROR_STRIDE_STEPS);
  const known = isKnown(series);
  return spans.map(({ first, last }, index) => {
    const stride = Math.max(1, Math.ceil((last - first + 1) / MOST_LEADS));
    const leads = Array.from(
      { length: Math.ceil((last - first + 1) / stride) },
      (_, n) => first + n * stride,
    );
    const expected = leads.reduce((sum, lead) => sum + foretell(lead), 0) / leads.length;
    return { known, expected, errors: errors[index]! };
  });
};

const periodDemand = (
  { expected, errors }: Outlook,
  atLeast: number,
  instead: number | undefined,
): PeriodDemand => {
  const middle = Math.max(instead ?? expected, atLeast);
  const spread = spreadOf(errors, middle);
  return {
    expectedContainers: thousandths(middle),
    quantiles: QUANTILE_LEVELS.map((level) => ({
      level,
      containers: thousandths(Math.max(0, middle + quantileOf(spread, level))),
    })),
  };
};

/** Errors in ascending order; while there are few, those of counts that come by themselves: their deviation is the square root. */
const spreadOf = (errors: readonly PastError[], expected: number): readonly number[] => {
  if (errors.length >= FEWEST_ERRORS) return ascending(errors.map(({ error }) => error));
  const deviation = Math.sqrt(expected);
  return [-2.3, -1.6, -1, -0.5, 0, 0.5, 1, 1.6, 2.3].map((times) => times * deviation);
};

type GroupErrors = Readonly<{ group: DemandGroup; errors: readonly PastError[] }>;

/** Errors of one moment are added up over groups before quantiles are read: what one group wants more, another wants less. */
const poolErrors = (groups: readonly GroupErrors[]): readonly PooledError[] =>
  [...Map.groupBy(groups, ({ group }) => group.gpuTypes[0] ?? CPU_ONLY)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([gpuType, ofType]) => {
      const pools = poolsOf(ofType);
      return pools.flatMap((pool) =>
        pooled(pool).map((quantiles) => ({
          gpuType,
          ...(pools.length > 1 && { groupIds: pool.map(({ group }) => group.groupId) }),
          quantiles,
        })),
      );
    });

/**
 * Those who share what stands idle. Who is pinned cannot use all that stands idle for the others: those are a pool of their own who are
 * pinned to the same places. Of these, who refuses spot nodes is in the pool of all, and in one of their own: what stands idle on spot
 * nodes is not for them.
 */
const poolsOf = (groups: readonly GroupErrors[]): readonly (readonly GroupErrors[])[] =>
  [...Map.groupBy(groups, ({ group }) => placesOf(group))]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, all]) => {
      const firm = all.filter(({ group }) => group.spot === 'refused');
      return firm.length === 0 || firm.length === all.length ? [all] : [firm, all];
    });

/** Equal for groups that are pinned to the same places. */
const placesOf = ({ pins }: DemandGroup): string =>
  isPinned({ pins })
    ? JSON.stringify([pins.vendors.toSorted(), pins.regions.toSorted(), pins.geos.toSorted()])
    : '';

/** The quantiles of the sum, or nothing while too little is known of it. */
const pooled = (groups: readonly GroupErrors[]): readonly PooledError['quantiles'][] => {
  const sums = new Map<number, number>();
  for (const { group, errors } of groups)
    for (const { step, error } of errors)
      sums.set(step, (sums.get(step) ?? 0) + error * Math.max(1, group.gpusPerContainer));
  if (sums.size < FEWEST_ERRORS) return [];
  const sorted = ascending([...sums.values()]);
  return [POOLED_LEVELS.map((level) => ({ level, gpus: thousandths(quantileOf(sorted, level)) }))];
};

const ascending = (numbers: readonly number[]): readonly number[] => numbers.toSorted((a, b) => a - b);
const thousandths = (value: number): number => Math.round(value * 1_000) / 1_000;
