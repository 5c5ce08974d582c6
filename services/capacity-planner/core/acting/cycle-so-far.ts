import type { CommitmentTerms } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Offer } from '../catalogue/offer.js';
import type { PaidNodes } from '../commitments/cover-nodes.js';
import { nodeAt } from '../commitments/covered-spend.js';
import { placeOf } from '../commitments/covers.js';
import { vendorOf, type Change } from './change.js';
import type { Host } from './host.state.js';
import { spendNow } from './spend-now.js';

/** What has happened for a plan already, and what its changes add to that one after another: guardrails count both. */
export const cycleSoFar = ({
  hosts,
  planId,
  at,
  commitments,
}: Readonly<{
  hosts: readonly Host[];
  planId: string;
  at: Instant;
  commitments?: readonly CommitmentTerms[];
}>) => {
  const ofPlan = hosts.filter((host) => host.planId === planId && host.status !== 'refused');
  const drained = hosts.filter((host) => 'drainedBy' in host && host.drainedBy === planId);
  const vendors = new Map<string, number>();
  const ofVendor = (vendor: string): number => vendors.get(vendor) ?? 0;
  for (const { vendor } of [...ofPlan, ...drained]) vendors.set(vendor, ofVendor(vendor) + 1);
  const cycle = {
    starts: ofPlan.length,
    stops: drained.length,
    ofVendor,
    ...spendNow(hosts, at, commitments),
    started: [] as PaidNodes[],
    count: (change: Change): void => {
      vendors.set(vendorOf(change), ofVendor(vendorOf(change)) + 1);
      if (change.action === 'start') {
        cycle.starts += 1;
        cycle.started.push(startedNode(change.offer));
        Object.assign(cycle, cycle.with(cycle.started));
      }
      if (change.action === 'drain' || change.action === 'stop') cycle.stops += 1;
    },
  };
  return cycle;
};

export type Cycle = ReturnType<typeof cycleSoFar>;

/** What a start is paid for, as commitments see it. */
export const startedNode = (offer: Offer): PaidNodes =>
  nodeAt(placeOf(offer), offer.billing.priceMicroUsdPerNodeHour);
