import { Chance } from '../../simulation/chance.js';

/** So many futures, while too little is known for those of the past. */
export const CHANCE_PATHS = 24;
/** Of the containers that run, the share that runs on in the next step. */
const STAYING = 0.7;

/**
 * How a group's demand may go on of which little is known: containers go by themselves, and others come by themselves, as many as
 * run now in the mean. By step, the first of them after now. The same numbers have the same future.
 */
export const chancePath = (now: number, steps: number, path: number, group: number): readonly number[] => {
  const chance = new Chance(path * 8191 + group);
  let count = now;
  return Array.from({ length: steps }, () => {
    count = staying(count, chance) + arriving((1 - STAYING) * now, chance);
    return count;
  });
};

const staying = (count: number, chance: Chance): number => {
  let left = 0;
  for (let container = 0; container < count; container += 1) if (chance.happens(STAYING)) left += 1;
  return left;
};

/** A Poisson number; of a large mean a normal one that is as wide. */
const arriving = (mean: number, chance: Chance): number => {
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * chance.normal()));
  let [count, left] = [0, chance.unit()];
  for (const end = Math.exp(-mean); left > end; left *= chance.unit()) count += 1;
  return count;
};
