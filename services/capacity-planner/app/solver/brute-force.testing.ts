import {
  prepare,
  score,
  type Draft,
  type PlanningProblem,
  type Prepared,
} from '@slipway/capacity-planner-core';

/**
 * The cheapest plan of a tiny problem, by trying all: every number of nodes of every unit in every period, and for each all ways to
 * serve the groups, each put on nodes one by one.
 */
export const bruteForce = (problem: PlanningProblem): number => {
  const prepared = prepare(problem, { presolve: 'off' });
  let best = Infinity;
  for (const nodes of allNodes(prepared)) {
    const served = prepared.pairs.map(() => new Float64Array(prepared.periods.length));
    const draft = { nodes, served };
    // Periods do not meet but through nodes: the best way to serve each is found by itself.
    prepared.periods.forEach((_, period) => {
      let bestHere = Infinity;
      let choice: readonly number[] = [];
      for (const counts of allServings(prepared, nodes, period)) {
        set(served, period, counts);
        const cost = score(prepared, draft).totalMicroUsd;
        if (cost < bestHere) [bestHere, choice] = [cost, counts];
      }
      set(served, period, choice);
    });
    best = Math.min(best, score(prepared, draft).totalMicroUsd);
  }
  return best;
};

const set = (served: Draft['served'], period: number, counts: readonly number[]): void =>
  counts.forEach((count, pair) => (served[pair]![period] = count));

function* allNodes(prepared: Prepared): Generator<Float64Array[]> {
  const { units, periods } = prepared;
  const places = units.flatMap(({ index }) => periods.map((_, period) => ({ index, period })));
  const nodes = units.map(() => new Float64Array(periods.length));
  function* choose(place: number): Generator<Float64Array[]> {
    const at = places[place];
    if (!at) {
      if (isAllowed(prepared, nodes)) yield nodes.map((counts) => counts.slice());
      return;
    }
    for (let count = 0; count <= units[at.index]!.cap; count++) {
      nodes[at.index]![at.period] = count;
      yield* choose(place + 1);
    }
  }
  yield* choose(0);
}

/** Quotas, what is paid for anyway, and minimum billing, read from the problem itself. */
const isAllowed = ({ problem, units, periods }: Prepared, nodes: readonly Float64Array[]): boolean =>
  periods.every((now, period) => {
    const withinQuotas = problem.quotas.every(({ scope, limit }) => {
      const within = units.filter(
        ({ offer }) =>
          offer.vendor === scope.vendor &&
          offer.region === (scope.region ?? offer.region) &&
          offer.shape.gpuType === (scope.gpuType ?? offer.shape.gpuType),
      );
      const used = within.reduce((sum, { index, slots }) => sum + slots * nodes[index]![period]!, 0);
      return (
        used <=
        Math.max(
          limit,
          within.reduce((sum, { held, slots }) => sum + slots * held, 0),
        )
      );
    });
    return (
      withinQuotas &&
      units.every(({ index, held, paid, offer }) => {
        let bound = 0;
        for (let start = 0; start <= period; start++) {
          const before = start === 0 ? held : nodes[index]![start - 1]!;
          const stillBilled = periods[start]!.startsAt + offer.billing.minimumSeconds * 1000 > now.startsAt;
          if (start === period || stillBilled) bound += Math.max(0, nodes[index]![start]! - before);
        }
        return nodes[index]![period]! >= Math.max(paid[period]!, bound);
      })
    );
  });

function* allServings(
  prepared: Prepared,
  nodes: readonly Float64Array[],
  period: number,
): Generator<readonly number[]> {
  const { pairs, groups } = prepared;
  const counts: number[] = pairs.map(() => 0);
  function* choose(pair: number): Generator<readonly number[]> {
    if (pair === pairs.length) {
      if (fits(prepared, nodes, counts, period)) yield [...counts];
      return;
    }
    const { group } = pairs[pair]!;
    const given = pairs.reduce(
      (sum, other, at) => sum + (other.group === group && at < pair ? counts[at]! : 0),
      0,
    );
    for (let count = 0; count <= groups[group]!.wanted[period]! - given; count++) {
      counts[pair] = count;
      yield* choose(pair + 1);
    }
    counts[pair] = 0;
  }
  yield* choose(0);
}

/** Containers on nodes, one by one, the largest first. */
const fits = (
  { cells, units, pairs }: Prepared,
  nodes: readonly Float64Array[],
  counts: readonly number[],
  period: number,
): boolean =>
  cells.every((cell) => {
    const free = cell.units.flatMap((unit) =>
      Array.from({ length: nodes[unit]![period]! }, () => units[unit]!.slots),
    );
    const sizes = pairs
      .flatMap(({ group, cell: standsIn }, pair) =>
        standsIn === cell.index ? Array.from({ length: counts[pair]! }, () => cell.slots[group]!) : [],
      )
      .toSorted((a, b) => b - a);
    return sizes.every((size) => {
      const node = free.findIndex((slots) => slots >= size);
      if (node >= 0) free[node]! -= size;
      return node >= 0;
    });
  });
