import type { Prepared } from '../model/prepared.js';
import type { Choice } from './choice.js';
import type { Missed } from './price-out.js';

/** How many take part more after a round: the solves stay small, and what saves most comes first. */
const MOST_PAIRS_PER_GROUP = 6;
const MOST_UNITS_PER_CELL = 4;
const MOST_UNITS = 500;

/** Adds what might save most: flows, with the units that pay first where none takes part yet; and units where some do. */
export const widenChoice = ({ units, pairs, cells }: Prepared, before: Choice, missed: Missed): Choice => {
  const choice = { units: before.units.slice(), pairs: before.pairs.slice() };
  const ofGroup = new Map<number, number>();
  for (const { pair } of missed.pairs) {
    const { group, cell } = pairs[pair]!;
    const taken = ofGroup.get(group) ?? 0;
    if (taken >= MOST_PAIRS_PER_GROUP) continue;
    ofGroup.set(group, taken + 1);
    choice.pairs[pair] = 1;
    for (const unit of (missed.paying.get(cell) ?? []).slice(0, MOST_UNITS_PER_CELL)) choice.units[unit] = 1;
  }
  const ofCell = new Uint16Array(cells.length);
  let added = 0;
  for (const { unit } of missed.units) {
    const { cell } = units[unit]!;
    if (added >= MOST_UNITS) break;
    if (ofCell[cell]! >= MOST_UNITS_PER_CELL || choice.units[unit] === 1) continue;
    ofCell[cell]! += 1;
    added += 1;
    choice.units[unit] = 1;
  }
  return choice;
};
