import type { Instant } from '@slipway/kernel';
import { hostCostMicroUsd } from './host-cost.js';
import { isPaid, type Host } from './host.state.js';

/** What all hosts cost between two moments; what was paid for at the first one already does not count again. */
export const spentMicroUsd = (hosts: Iterable<Host>, since: Instant, at: Instant): number => {
  let sum = 0;
  for (const host of hosts) {
    if (!isPaid(host)) continue;
    const before = host.billedFrom >= since ? 0 : costAt(host, since);
    sum += hostCostMicroUsd(host, at) - before;
  }
  return sum;
};

/** The cost as it stood at an earlier moment, also of a host that has ended since. */
const costAt = (host: Host, at: Instant): number => {
  if (!isPaid(host)) return 0;
  if ('endedAt' in host) return hostCostMicroUsd({ ...host, endedAt: Math.min(host.endedAt, at) }, at);
  return hostCostMicroUsd(host, at);
};
