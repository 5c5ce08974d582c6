import type { Prepared } from '../model/prepared.js';
import type { Draft } from '../plan/draft.js';
import { quickTotal } from '../plan/quick-total.js';
import { buildDraft, type Building } from './build-draft.js';
import { fitNodes } from './fit-nodes.js';

/** Plans that are looked at, about half a millisecond each. A count, not a time, so that the same problem has the same plan. */
const MOST_TRIES = 800;
/** A plan is taken for another one where it saves more than this share of its cost: noise is no reason. */
const LEAST_SAVING = 0.0001;

type Change = Omit<Building, 'begin'> & Readonly<{ removed: (unit: number, count: number) => number }>;
type Known = Readonly<{ draft: Draft; microUsd: number }>;

/**
 * Makes a plan better by ruining a part of it and building that part anew: nodes of one unit go and may not come back, or another
 * unit's node comes first and others become needless. What a rule of thumb chose one container at a time is put right together.
 */
export const searchLocally = (prepared: Prepared, start: Draft): Draft => {
  let best: Known = { draft: start, microUsd: quickTotal(prepared, start) };
  let tries = 0;
  for (let improved = true; improved && tries < MOST_TRIES;) {
    improved = false;
    for (const change of changesOf(prepared, best.draft)) {
      if (tries >= MOST_TRIES) break;
      tries += 1;
      const found = changed(prepared, best.draft, change);
      if (found.microUsd >= best.microUsd - Math.abs(best.microUsd) * LEAST_SAVING) continue;
      best = found;
      improved = true;
    }
  }
  return best.draft;
};

const changed = (prepared: Prepared, { nodes }: Draft, { removed, ...building }: Change): Known => {
  const built = buildDraft(prepared, {
    ...building,
    begin: (unit, period) => Math.max(0, nodes[unit]![period]! - removed(unit, nodes[unit]![period]!)),
  });
  const draft = fitNodes(prepared, built, 'more');
  return { draft, microUsd: quickTotal(prepared, draft) };
};

/** What is tried, the most promising first. */
function* changesOf(prepared: Prepared, { nodes }: Draft): Generator<Change> {
  const { units } = prepared;
  const used = units.map(({ index }) => index).filter((unit) => nodes[unit]!.some((count) => count > 0));
  const dearestFirst = used.toSorted((a, b) => hourly(prepared, b) - hourly(prepared, a) || a - b);
  const without = (unit: number): Pick<Change, 'buysOf' | 'empty'> => ({
    buysOf: (other) => other !== unit,
    empty: 'returned',
  });
  const one = (unit: number) => (other: number) => (other === unit ? 1 : 0);
  const all = (unit: number) => (other: number, count: number) => (other === unit ? count : 0);
  for (const unit of dearestFirst)
    for (const buyBy of ['container', 'slot'] as const) {
      yield { ...without(unit), buyBy, removed: one(unit) };
      yield { ...without(unit), buyBy, removed: all(unit) };
    }
  // A node ahead of the period that needs it, and one more for surprises.
  for (const kind of ['ahead', 'first'] as const)
    for (const { index } of units)
      yield { buysOf: () => true, buyBy: 'container', empty: 'kept', removed: () => 0, [kind]: [index] };
  for (const unit of dearestFirst)
    for (const other of rivalsOf(prepared, unit)) {
      yield { ...without(unit), buyBy: 'container', removed: one(unit), first: [other] };
      if (nodes[unit]!.some((count) => count > 1))
        yield { ...without(unit), buyBy: 'container', removed: all(unit), first: [other] };
    }
}

const hourly = ({ units }: Prepared, unit: number): number => {
  const { listMicroUsdPerHour, qualityMicroUsdPerHour, preemptionMicroUsdPerHour } = units[unit]!.prices;
  return listMicroUsdPerHour + qualityMicroUsdPerHour + preemptionMicroUsdPerHour;
};

/** Units that could serve some of whom this one may serve, the cheapest by slot first. */
const rivalsOf = (prepared: Prepared, unit: number): readonly number[] => {
  const { units, cells } = prepared;
  const own = cells[units[unit]!.cell]!.slots;
  const perSlot = (index: number): number => hourly(prepared, index) / units[index]!.slots;
  return units
    .filter(
      ({ index, cell }) =>
        index !== unit && cells[cell]!.slots.some((slots, group) => slots > 0 && own[group]! > 0),
    )
    .map(({ index }) => index)
    .toSorted((a, b) => perSlot(a) - perSlot(b) || a - b);
};
