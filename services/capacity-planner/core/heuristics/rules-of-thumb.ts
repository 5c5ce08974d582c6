import type { Prepared, Unit } from '../model/prepared.js';
import type { Draft } from '../plan/draft.js';
import type { PlannerName } from '../plan/plan.js';
import { buildDraft } from './build-draft.js';
import type { BuyBy } from './node-options.js';

type Style = Readonly<{
  /** What the period begins with: all nodes of the one before, or only those that are paid for anyway. */
  from: 'held' | 'paid';
  buyBy: BuyBy | 'nothing';
  /** Are nodes that nothing stands on returned? */
  empty: 'returned' | 'kept';
  /** Are pins of operators left alone? */
  pins?: 'left-alone';
  /** Is nothing bought but on demand? */
  onDemandOnly?: true;
}>;

const STYLES: Readonly<Record<Exclude<PlannerName, 'milp' | 'local-search'>, Style>> = {
  keep: { from: 'held', buyBy: 'nothing', empty: 'kept', pins: 'left-alone' },
  greedy: { from: 'held', buyBy: 'container', empty: 'returned' },
  'greedy-replacing': { from: 'paid', buyBy: 'container', empty: 'kept' },
  'best-fit-decreasing': { from: 'paid', buyBy: 'slot', empty: 'returned' },
  // What everybody could do: shown beside a plan, for what markets that take nodes back are worth.
  'on-demand-only': { from: 'paid', buyBy: 'container', empty: 'returned', onDemandOnly: true },
};

export const RULES_OF_THUMB = Object.keys(STYLES) as readonly (keyof typeof STYLES)[];

/** A plan by a rule of thumb: period after period, within the same hard rules as the model. */
export const draftByRule = (prepared: Prepared, rule: keyof typeof STYLES): Draft => {
  const { from, buyBy, empty, onDemandOnly, pins } = STYLES[rule];
  const mayBuy = ({ offer }: Unit): boolean => !onDemandOnly || offer.purchase === 'on-demand';
  return buildDraft(prepared, {
    begin: (_unit, _period, before) => (from === 'held' ? before : 0),
    buysOf: (unit) => buyBy !== 'nothing' && mayBuy(prepared.units[unit]!),
    buyBy: buyBy === 'nothing' ? 'slot' : buyBy,
    empty,
    ...(pins === undefined ? {} : { pins }),
  });
};
