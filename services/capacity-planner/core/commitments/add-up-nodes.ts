import type { PaidNodes } from './cover-nodes.js';

/** Nodes of one place and price as one entry: to commitments they are equal. A negative number takes away; what is none or free is left out. */
export const addUpNodes = (nodes: Iterable<PaidNodes>): readonly PaidNodes[] => {
  const sums = new Map<string, PaidNodes>();
  for (const node of nodes) {
    const { vendor, region, instanceType, gpuType, purchase, microUsdPerNodeHour } = node;
    const key = JSON.stringify([vendor, region, instanceType, gpuType, purchase, microUsdPerNodeHour]);
    const before = sums.get(key)?.nodes ?? 0;
    sums.set(key, { ...node, nodes: before + node.nodes });
  }
  return [...sums.values()].filter((sum) => sum.nodes > 0 && sum.microUsdPerNodeHour > 0);
};
