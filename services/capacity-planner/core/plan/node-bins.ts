import type { Prepared } from '../model/prepared.js';

/** A node of the first period while containers are put on it. */
export type NodeBin = {
  readonly unit: number;
  /** It can serve when the period begins. */
  readonly there: boolean;
  free: number;
  readonly containers: Map<number, number>;
};

/** The nodes that a plan holds in its first period, with what stands on those that were held, and those that it lets go. */
export const nodeBins = (
  { units, standing }: Pick<Prepared, 'units' | 'standing'>,
  nodesOf: (unit: number) => number,
): Readonly<{ bins: NodeBin[]; dropped: NodeBin[] }> => {
  const bins: NodeBin[] = [];
  const dropped: NodeBin[] = [];
  for (const { index, held, starting, slots } of units) {
    const known = standing[index]!;
    const kept = Math.min(held, nodesOf(index));
    for (let node = 0; node < Math.max(held, nodesOf(index)); node++) {
      const { free, containers } = known[node] ?? { free: slots, containers: new Map<number, number>() };
      const there = node >= starting && node < held;
      // Those that stand first go first: the ones on their way, then the emptiest.
      (node < held - kept ? dropped : bins).push({
        unit: index,
        there,
        free,
        containers: new Map(containers),
      });
    }
  }
  return { bins, dropped };
};

/** How many containers of `taken` slots a node has room for. */
export const roomOn = ({ free }: NodeBin, taken: number): number => Math.floor(free / taken + 1e-9);

export const putOn = (bin: NodeBin, group: number, taken: number, count: number): void => {
  bin.free -= taken * count;
  bin.containers.set(group, (bin.containers.get(group) ?? 0) + count);
};
