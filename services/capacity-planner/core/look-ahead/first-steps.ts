import { buildDraft } from '../heuristics/build-draft.js';
import { fitNodes } from '../heuristics/fit-nodes.js';
import { PeriodFleet } from '../heuristics/period-fleet.js';
import type { Prepared, Unit } from '../model/prepared.js';
import type { Draft } from '../plan/draft.js';

/** Nodes of the first period, by unit. */
export type FirstNodes = readonly number[];

export const firstNodes = ({ nodes }: Draft): FirstNodes => nodes.map(([first]) => Math.round(first!));

/** The whole plan that begins with these nodes: later periods are built behind them. */
export const draftWith = (prepared: Prepared, settled: FirstNodes): Draft =>
  fitNodes(
    prepared,
    buildDraft(prepared, {
      settled,
      begin: (_unit, _period, before) => before,
      buysOf: () => true,
      buyBy: 'container',
      empty: 'returned',
    }),
    'as-planned',
  );

/** In place of one that would start, a dearer one is looked at up to so many times its price; */
const DEARER_TIMES = 2.5;
/** in place of one that runs, one that costs at most so much of its price. */
const CHEAPER_TIMES = 0.9;

/** What differs from these nodes by one: a node more, one fewer, or another one as large in place of one. */
export function* nearBy(prepared: Prepared, units: readonly Unit[], now: FirstNodes): Generator<FirstNodes> {
  const mayBuy = (nodes: FirstNodes, unit: number): boolean =>
    new PeriodFleet(prepared, 0, (index) => nodes[index]!).mayBuy(unit);
  for (const unit of units) {
    if (mayBuy(now, unit.index)) yield changed(now, unit.index, 1);
    if (!mayGo(unit, now)) continue;
    const fewer = changed(now, unit.index, -1);
    yield fewer;
    const runs = now[unit.index]! <= unit.held;
    const mostMicroUsd = unit.prices.listMicroUsdPerHour * (runs ? CHEAPER_TIMES : DEARER_TIMES);
    for (const other of units)
      if (
        other !== unit &&
        other.slots === unit.slots &&
        other.prices.listMicroUsdPerHour < mostMicroUsd &&
        mayBuy(fewer, other.index)
      )
        yield changed(fewer, other.index, 1);
  }
}

const changed = (nodes: FirstNodes, unit: number, by: number): FirstNodes =>
  nodes.with(unit, nodes[unit]! + by);

/** What is paid for in any case serves on. */
const mayGo = (unit: Unit, now: FirstNodes): boolean => now[unit.index]! > unit.paid[0]!;
