import type { Drift } from './drift.events.js';
import { isOver, type Host } from './host.state.js';

/** Live hosts of vendors that are not asked: they may run and be paid for, and cannot be given back. */
export const unaskedHosts = (hosts: readonly Host[], asked: ReadonlySet<string>): readonly Host[] =>
  hosts.filter((host) => !isOver(host) && !asked.has(host.vendor));

export const unaskedDrift = ({ hostId, vendor, status, ...host }: Host): Drift => ({
  ...{ kind: 'vendor-not-asked', hostId },
  message:
    `${'vendorHostId' in host ? host.vendorHostId : 'it'} was ${status} when ${vendor} was last asked, which this planner ` +
    `has no access to now: nobody gives it back, and it may be paid for`,
});
