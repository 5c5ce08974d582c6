import type { DemandSeries } from '../demand-series.js';
import type { Foretell } from './forecaster.js';

/** A change in one step counts as a jump from so many containers on, and from this share of the level on. */
const LEAST_JUMP = 2;
const LEAST_SHARE = 0.2;
/** So many jumps that went on by nothing are believed in before any was seen. */
const PRIOR_JUMPS = 2;
/** The share that jumps may go on by at most, up or back. */
const MOST = 1.25;
const LOOKS_BACK_MS = 7 * 86_400_000;

/**
 * Demand that jumps after it was quiet often goes on in the next step, or falls back: a burst does not begin at a step's edge. By how
 * much is learned from the series' own jumps, for each lead by itself, as a share of the jump that is left on top of `base`.
 */
export const jumpsGoOn = ({ values, stepMs }: DemandSeries, base: Foretell): Foretell => {
  const shares = new Map<number, number>();
  const jumps = jumpsOf(values, Math.max(0, values.length - Math.round(LOOKS_BACK_MS / stepMs)));
  const shareOf = (lead: number): number => {
    let [together, alone, seen] = [0, 0, 0];
    for (const { asOf, change } of jumps) {
      const later = values[asOf + lead - 1];
      if (later === undefined) continue;
      together += change * (later - base(lead, asOf));
      alone += change ** 2;
      seen += 1;
    }
    if (seen === 0) return 0;
    return Math.min(MOST, Math.max(-MOST, ((together / alone) * seen) / (seen + PRIOR_JUMPS)));
  };
  return (lead, asOf = values.length) => {
    const change = jumpAt(values, asOf);
    if (change === 0) return base(lead, asOf);
    let share = shares.get(lead);
    if (share === undefined) shares.set(lead, (share = shareOf(lead)));
    return Math.max(0, base(lead, asOf) + share * change);
  };
};

type Jump = Readonly<{ asOf: number; change: number }>;

const jumpsOf = (values: DemandSeries['values'], from: number): readonly Jump[] => {
  const jumps: Jump[] = [];
  for (let asOf = Math.max(3, from); asOf < values.length; asOf += 1) {
    const change = jumpAt(values, asOf);
    if (change !== 0) jumps.push({ asOf, change });
  }
  return jumps;
};

/** By how much the newest of `asOf` known steps jumped, if the step before it was quiet; else 0. */
const jumpAt = (values: DemandSeries['values'], asOf: number): number => {
  const [earlier, before, now] = [values[asOf - 3], values[asOf - 2], values[asOf - 1]];
  if (earlier === undefined || before === undefined || now === undefined) return 0;
  return isJump(before, now) && !isJump(earlier, before) ? now - before : 0;
};

const isJump = (from: number, to: number): boolean =>
  Math.abs(to - from) >= Math.max(LEAST_JUMP, LEAST_SHARE * Math.max(from, to));
