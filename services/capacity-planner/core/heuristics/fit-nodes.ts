import type { Prepared } from '../model/prepared.js';
import type { Draft } from '../plan/draft.js';
import { putOn, roomOn, type NodeBin } from '../plan/node-bins.js';
import { packingOrder, standOnNodes, type Standing } from '../plan/stand-on-nodes.js';
import { cheapestInTurn } from './node-options.js';
import { PeriodFleet } from './period-fleet.js';

/**
 * The draft as nodes can carry it: containers of the first period that find no room on any one node are short, or get a node more
 * (`more`), first of all one that was to go, where that costs less. Without knowledge of single nodes the draft stays as it is.
 */
export const fitNodes = (prepared: Prepared, draft: Draft, nodes: 'as-planned' | 'more'): Draft => {
  if (prepared.problem.fleet.nodes === undefined) return draft;
  let fitting = draft;
  let standing = standOnNodes(prepared, fitting);
  for (let round = 0; nodes === 'more' && round < MOST_ROUNDS; round++) {
    const fleet = new PeriodFleet(prepared, 0, (unit) => fitting.nodes[unit]![0]!);
    for (const group of packingOrder(prepared)) serveWaiting(prepared, fleet, standing, group);
    const more = standing.bins.length - fitting.nodes.reduce((sum, counts) => sum + counts[0]!, 0);
    fitting = withStanding(prepared, fitting, standing, (unit) => fleet.nodes[unit]!);
    // What stands on a node that was to go stays with it: whoever was to have its room is asked for again.
    standing = standOnNodes(prepared, fitting);
    if (more <= 0 || standing.waiting.every((count) => count === 0)) break;
  }
  return withStanding(prepared, fitting, standing, (unit) => fitting.nodes[unit]![0]!);
};

/** Each round buys at least one node; what is left then is short. */
const MOST_ROUNDS = 4;

const serveWaiting = (
  prepared: Prepared,
  fleet: PeriodFleet,
  { bins, dropped, waiting }: Standing,
  group: number,
): void => {
  const { pairs, units, cells } = prepared;
  const candidates = pairs.flatMap((pair, index) => (pair.group === group ? [index] : []));
  const slotsOn = ({ unit }: NodeBin): number => cells[units[unit]!.cell]!.slots[group]!;
  const put = (bin: NodeBin): void => {
    const taken = slotsOn(bin);
    if (taken === 0) return;
    const count = Math.min(waiting[group]!, roomOn(bin, taken));
    if (count <= 0) return;
    putOn(bin, group, taken, count);
    waiting[group]! -= count;
  };
  // Nodes that were bought for a larger container have room for this one.
  for (const bin of bins) if (waiting[group]! > 0) put(bin);
  if (waiting[group]! <= 0) return;
  const before = (unit: number): number => units[unit]!.held;
  const cheapest = cheapestInTurn(
    { prepared, fleet, before, buyBy: 'container' },
    candidates,
    waiting[group]!,
  );
  while (waiting[group]! > 0) {
    const bought = cheapest(waiting[group]!);
    if (bought === undefined) return;
    fleet.change(bought.unit, 1);
    const back = dropped.findLastIndex(({ unit }) => unit === bought.unit);
    const [again] = back >= 0 ? dropped.splice(back, 1) : [];
    const bin: NodeBin = {
      unit: bought.unit,
      there: again?.there ?? false,
      free: units[bought.unit]!.slots,
      containers: new Map(),
    };
    bins.push(bin);
    const waited = waiting[group]!;
    put(bin);
    if (waiting[group]! >= waited) return;
  }
};

const withStanding = (
  prepared: Prepared,
  draft: Draft,
  { bins }: Standing,
  nodesOf: (unit: number) => number,
): Draft => {
  const served = servedOn(prepared, bins);
  const first = (values: readonly Float64Array[], now: (index: number) => number): Float64Array[] =>
    values.map((counts, index) => counts.map((count, period) => (period === 0 ? now(index) : count)));
  return { nodes: first(draft.nodes, nodesOf), served: first(draft.served, (pair) => served[pair]!) };
};

/** Containers by pair, no more of a group than are wanted. */
const servedOn = ({ pairs, units, groups }: Prepared, bins: readonly NodeBin[]): Float64Array => {
  const pairOf = new Map(pairs.map(({ group, cell }, pair) => [`${group}/${cell}`, pair]));
  const left = groups.map(({ wanted }) => wanted[0]!);
  const served = new Float64Array(pairs.length);
  for (const { unit, containers } of bins)
    for (const [group, count] of containers) {
      const some = Math.min(count, left[group]!);
      left[group]! -= some;
      served[pairOf.get(`${group}/${units[unit]!.cell}`)!]! += some;
    }
  return served;
};
