import { seededRandom } from '@slipway/kernel';
import { SERIES_STEP_MS, type DemandSeries } from '../demand-series.js';

const PER_DAY = 86_400_000 / SERIES_STEP_MS;
const normal = (chance: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());

export type TraceKind = 'office' | 'diurnal' | 'bursty' | 'walk' | 'flat' | 'nightly';

export const TRACE_KINDS: readonly TraceKind[] = ['office', 'diurnal', 'bursty', 'walk', 'flat', 'nightly'];

/**
 * Demand of one group over some days: `office` has quiet weekends, `diurnal` a daily wave, `bursty` a wave with bursts,
 * `walk` wanders without any season, `flat` is noise about a level, `nightly` is one job each night.
 */
export const traceOf = (kind: TraceKind, seed: number, days: number): DemandSeries => {
  const chance = seededRandom(seed);
  const level = 20 + 60 * chance();
  const phase = chance();
  let drift = 0;
  let burst = 0;
  let wander = level;
  const values = Array.from({ length: Math.round(days * PER_DAY) }, (_, step) => {
    const day = step / PER_DAY + phase;
    const wave = 1 + 0.6 * Math.sin(2 * Math.PI * day);
    drift = 0.97 * drift + 0.03 * level * normal(chance);
    if (chance() < 0.01) burst = level * (0.5 + chance());
    burst *= 0.8;
    wander = Math.max(0, wander + 0.05 * level * normal(chance));
    const noise = 0.03 * level * normal(chance);
    const value = {
      office: level * wave * (Math.floor(day) % 7 < 5 ? 1 : 0.25) + drift,
      diurnal: level * wave + drift,
      bursty: level * wave + drift + burst,
      walk: wander,
      flat: level + noise * 3,
      nightly: day % 1 < 0.12 ? level : 0.1 * level,
    }[kind];
    return Math.max(0, value + noise);
  });
  return { startsAt: 20_000 * 86_400_000, stepMs: SERIES_STEP_MS, values };
};
