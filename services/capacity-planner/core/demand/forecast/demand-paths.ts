import type { DemandSeries } from '../demand-series.js';
import { CHANCE_PATHS, chancePath } from './chance-paths.js';
import type { Foretell } from './forecaster.js';

/** So many futures are laid out, */
const MOST_PATHS = 32;
/** and where less was seen they are laid out by chance. */
const FEWEST_PATHS = 12;
/** A forecaster that knows fewer steps says nothing worth a comparison. */
const FEWEST_KNOWN_STEPS = 4;

/** A series, and what is foretold of it. */
export type Foretold = Readonly<{ series: DemandSeries; foretell: Foretell }>;

/** And the containers that are wanted now. */
export type ForetoldFromNow = Foretold & Readonly<{ now: number }>;

/**
 * How demand may go on: what came of forecasts at moments of the past, laid over today's forecast. All groups take their errors from
 * the same moment, so that what rose together rises together; a group of which that moment is not known goes on by chance. By path,
 * group and lead, in whole containers. The first few paths are of all times as well.
 */
export const demandPaths = (
  groups: readonly ForetoldFromNow[],
  leads: readonly number[],
): readonly (readonly (readonly number[])[])[] => {
  const ahead = groups.map(({ foretell }) => leads.map((lead) => foretell(lead)));
  const moments = momentsOf(groups, leads.at(-1) ?? 0);
  const origins: readonly (number | undefined)[] =
    moments.length < FEWEST_PATHS ? Array.from({ length: CHANCE_PATHS }, () => undefined) : moments;
  return origins.map((origin, path) =>
    groups.map((group, index) => {
      const errors = origin === undefined ? undefined : errorsAt(group, origin, leads);
      if (errors === undefined) return chancePath(group.now, leads.length, path, index);
      // Rounded up or down for a whole path: nobody comes and goes for the rounding.
      const roundsAt = fraction(path * GOLDEN + index * 0.414214);
      return leads.map((_, at) => Math.max(0, Math.floor(ahead[index]![at]! + errors[at]! + roundsAt)));
    }),
  );
};

/** Multiples of it are spread evenly over what they are taken of, however many there are. */
const GOLDEN = 0.618034;

/** Moments spread evenly over what is known, in an order that is as well; counted in steps from the epoch. */
const momentsOf = (groups: readonly Foretold[], longestLead: number): readonly number[] => {
  const first = Math.min(...groups.map(({ series }) => offsetOf(series))) + FEWEST_KNOWN_STEPS;
  const last = Math.max(...groups.map(({ series }) => offsetOf(series) + series.values.length)) - longestLead;
  const count = Math.min(MOST_PATHS, last - first + 1);
  if (!(count > 0)) return [];
  const evenly = Array.from(
    { length: count },
    (_, at) => last - Math.floor((at * (last - first + 1)) / count),
  );
  const places = evenly.map((_, at) => fraction(at * GOLDEN));
  return evenly
    .map((_, at) => at)
    .toSorted((a, b) => places[a]! - places[b]!)
    .map((at) => evenly[at]!);
};

/** How far what came was above what would have been foretold; nothing where one of both is not known. */
const errorsAt = (
  { series, foretell }: Foretold,
  origin: number,
  leads: readonly number[],
): readonly number[] | undefined => {
  const asOf = origin - offsetOf(series);
  if (asOf < FEWEST_KNOWN_STEPS) return undefined;
  const errors = leads.map((lead) => {
    const actual = series.values[asOf + lead - 1];
    return actual === undefined ? Number.NaN : actual - foretell(lead, asOf);
  });
  return errors.some(Number.isNaN) ? undefined : errors;
};

const offsetOf = ({ startsAt, stepMs }: DemandSeries): number => Math.round(startsAt / stepMs);
const fraction = (value: number): number => value - Math.floor(value);
