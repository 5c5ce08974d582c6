import { newestOf, type DemandSeries } from '../demand-series.js';
import type { Forecaster } from './forecaster.js';
import { profileOf } from './seasonal-profile.js';

/** Past moments at which a forecast is tried on what came after; more would change little. */
const MOST_ORIGINS = 240;
const LOOKS_BACK_MS = 3 * 86_400_000;
/** Fewer tries than this say nothing, and persistence is kept to. */
const FEWEST_ORIGINS = 24;
/** The season is trusted over persistence only as far as it was better by more than this. */
const MARGIN = 1.03;

/**
 * The usual course of the day, and how far today is from it: what is unusual now fades as fast as it did before. Season and
 * persistence are weighed, for each lead by itself, by how well each would have done lately; without a season it is persistence.
 */
export const seasonalRecent: Forecaster = (series) => {
  const profileUntil = profileOf(series);
  const newestAt = newestOf(series);
  const weights = new Map<number, LeadWeights>();
  return (lead, asOf = series.values.length) => {
    const profile = profileUntil(asOf);
    const newest = newestAt(asOf) ?? 0;
    const usual = profile(asOf + lead - 1);
    if (usual === undefined) return newest;
    let known = weights.get(lead);
    if (known === undefined) weights.set(lead, (known = weigh(series, profileUntil, lead)));
    const { season, fade } = known;
    const unusual = newest - (profile(asOf - 1) ?? newest);
    return Math.max(0, season * (usual + fade * unusual) + (1 - season) * newest);
  };
};

/** `season`: the share of the seasonal forecast; `fade`: how much of what is unusual is left after the lead. */
type LeadWeights = Readonly<{ season: number; fade: number }>;
type Try = Readonly<{ now: number; later: number; unusualNow: number; usualLater: number }>;

const weigh = (
  series: DemandSeries,
  profileUntil: ReturnType<typeof profileOf>,
  lead: number,
): LeadWeights => {
  const tries = triesOf(series, profileUntil, lead);
  if (tries.length < FEWEST_ORIGINS) return { season: 0, fade: 1 };
  let together = 0;
  let alone = 0;
  for (const { later, unusualNow, usualLater } of tries) {
    together += unusualNow * (later - usualLater);
    alone += unusualNow ** 2;
  }
  const fade = alone === 0 ? 0 : Math.min(1, Math.max(0, together / alone));
  let seasonError = 0;
  let persistenceError = 0;
  for (const { now, later, unusualNow, usualLater } of tries) {
    seasonError += Math.abs(later - Math.max(0, usualLater + fade * unusualNow));
    persistenceError += Math.abs(later - now);
  }
  const season = seasonError * MARGIN;
  if (season === 0) return { season: 1, fade };
  if (persistenceError === 0) return { season: 0, fade };
  const [a, b] = [persistenceError ** 4, season ** 4];
  return { season: a / (a + b), fade };
};

/** Pairs of a moment of the past and what came `lead` steps later, with what was usual as it could be known at that moment. */
const triesOf = (
  { values, stepMs }: DemandSeries,
  profileUntil: ReturnType<typeof profileOf>,
  lead: number,
): readonly Try[] => {
  const last = values.length - lead;
  const first = Math.max(1, last - Math.floor(LOOKS_BACK_MS / stepMs));
  const stride = Math.max(1, Math.ceil((last - first) / MOST_ORIGINS));
  const tries: Try[] = [];
  for (let origin = last; origin >= first; origin -= stride) {
    const now = values[origin - 1];
    const later = values[origin + lead - 1];
    if (now === undefined || later === undefined) continue;
    const profile = profileUntil(origin);
    const usualNow = profile(origin - 1);
    const usualLater = profile(origin + lead - 1);
    if (usualNow === undefined || usualLater === undefined) continue;
    tries.push({ now, later, unusualNow: now - usualNow, usualLater });
  }
  return tries;
};
