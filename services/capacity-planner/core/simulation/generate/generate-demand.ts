import type { Chance } from '../chance.js';
import type { GeneratedGroup } from './generate-groups.js';

/** How the demand of a class of work moves in time. */
const habits = {
  interactive: { dayAmplitude: [0.3, 0.6], noise: 0.12, burstsPerDay: 0.9, peakHour: 15 },
  batch: { dayAmplitude: [0.1, 0.4], noise: 0.15, burstsPerDay: 0.9, peakHour: 2 },
  background: { dayAmplitude: [0, 0.15], noise: 0.08, burstsPerDay: 0.4, peakHour: 12 },
} as const;

const hoursEast: Readonly<Record<string, number>> = { us: -6, eu: 1, ap: 8 };
/** What of the noise is still there a quarter of an hour later. */
const PERSISTENCE = 0.95;
const burst = { factor: [1.4, 2.8], steps: [2, 12] } as const;

type Spell = Readonly<{ from: number; to: number; factor: number }>;

/** Counts of containers step by step: a day's wave, noise that persists, and bursts that come in one or two steps. */
export const generateDemand = (
  { group, meanContainers }: GeneratedGroup,
  steps: number,
  stepHours: number,
  chance: Chance,
): readonly number[] => {
  const luck = chance.of(`demand of ${group.groupId}`);
  const { dayAmplitude, noise, burstsPerDay, peakHour } = habits[group.waitClass];
  const amplitude = luck.between(dayAmplitude[0], dayAmplitude[1]);
  const zone = hoursEast[group.pins.geos[0] ?? luck.pick(['us', 'us', 'eu', 'ap'])] ?? 0;
  const peak = peakHour - zone + luck.between(-2, 2);
  const spells = burstSpells(steps, (burstsPerDay * stepHours) / 24, luck);
  let drift = noise * luck.normal();
  return Array.from({ length: steps }, (_, step) => {
    drift = PERSISTENCE * drift + noise * Math.sqrt(1 - PERSISTENCE ** 2) * luck.normal();
    const wave = 1 + amplitude * Math.cos((2 * Math.PI * (step * stepHours - peak)) / 24);
    return Math.max(0, Math.round(meanContainers * wave * Math.exp(drift) * burstFactor(spells, step)));
  });
};

const burstSpells = (steps: number, perStep: number, luck: Chance): readonly Spell[] => {
  const spells: Spell[] = [];
  for (let at = luck.wait(perStep); at < steps; at += luck.wait(perStep)) {
    const from = Math.floor(at);
    spells.push({ from, to: from + luck.whole(...burst.steps), factor: luck.between(...burst.factor) });
  }
  return spells;
};

/** A burst has half its height in its first step and in its last one. */
const burstFactor = (spells: readonly Spell[], step: number): number => {
  let factor = 1;
  for (const { from, to, factor: height } of spells)
    if (step >= from && step <= to)
      factor = Math.max(factor, step === from || step === to ? 1 + (height - 1) / 2 : height);
  return factor;
};
