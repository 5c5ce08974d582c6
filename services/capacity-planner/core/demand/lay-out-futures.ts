import type { Instant } from '@slipway/kernel';
import type { DemandFutures } from './demand-group.js';
import { demandPaths, type Foretold } from './forecast/demand-paths.js';
import type { Forecaster } from './forecast/forecaster.js';

/** Futures of more groups are not laid out: a fleet of so many is not rehearsed. */
const MOST_GROUPS = 64;
/** Steps of a future: an hour and a half where the first period is a quarter of an hour. */
const STEPS = 6;

export type FuturesQuestion = Readonly<{
  /** Futures begin at this moment, */
  from: Instant;
  /** at which so many containers of each group are wanted. */
  wanted: readonly number[];
  /** What was metered is known until then. */
  knownUntil: Instant;
  /** The length of the first period of a horizon, which a step of a future is about as long as. */
  firstMs: number;
  /** Of the series. */
  stepMs: number;
  forecaster: Forecaster;
}>;

/**
 * A step of a future takes whole steps of the series; its count is what is wanted in the middle of it, and in the first one what is
 * wanted now. A series that ends before now ends with what is wanted now: who has just come or gone is not foretold by a mean of the
 * minutes before.
 */
export const layOutFutures = (
  { from, wanted, knownUntil, firstMs, stepMs, forecaster }: FuturesQuestion,
  foretold: readonly Foretold[],
): DemandFutures | undefined => {
  if (foretold.length === 0 || foretold.length > MOST_GROUPS) return undefined;
  const now = wanted.map(Math.ceil);
  const stride = Math.max(1, Math.round(firstMs / stepMs));
  const isNowKnown = from < knownUntil;
  const seriesEnd = (Math.floor(knownUntil / stepMs) + (isNowKnown ? 0 : 1)) * stepMs;
  const leads = Array.from({ length: STEPS - 1 }, (_, step) => {
    const middle = from + (step + 1.5) * stride * stepMs;
    return Math.max(1, Math.floor((middle - seriesEnd) / stepMs) + 1);
  });
  const fromNow = foretold.map(({ series, foretell }, group) => {
    if (isNowKnown) return { series, foretell, now: now[group]! };
    const untilNow = { ...series, values: [...series.values, now[group]!] };
    return { series: untilNow, foretell: forecaster(untilNow), now: now[group]! };
  });
  return {
    stepMs: stride * stepMs,
    paths: demandPaths(fromNow, leads).map((path) => path.map((counts, group) => [now[group]!, ...counts])),
  };
};
