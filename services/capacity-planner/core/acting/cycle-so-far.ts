import type { Offer } from '../catalogue/offer.js';
import { addUpNodes } from '../commitments/add-up-nodes.js';
import type { PaidNodes } from '../commitments/cover-nodes.js';
import { nodeAt } from '../commitments/covered-spend.js';
import { placeOf } from '../commitments/covers.js';
import { vendorOf, type Change } from './change.js';
import type { Host } from './host.state.js';
import type { Bill, SpendNow } from './spend-now.js';

/** What has happened for a plan already, and what its changes add to that one after another: guardrails count both. */
export const cycleSoFar = ({
  hosts,
  planId,
  spend,
}: Readonly<{ hosts: readonly Host[]; planId: string; spend: SpendNow }>) => {
  const ofPlan = hosts.filter((host) => host.planId === planId && host.status !== 'refused');
  const drained = hosts.filter((host) => 'drainedBy' in host && host.drainedBy === planId);
  const vendors = new Map<string, number>();
  const ofVendor = (vendor: string): number => vendors.get(vendor) ?? 0;
  for (const { vendor } of [...ofPlan, ...drained]) vendors.set(vendor, ofVendor(vendor) + 1);
  const cycle = {
    starts: ofPlan.length,
    stops: drained.length,
    ofVendor,
    bill: spend as Bill,
    started: [] as readonly PaidNodes[],
    with: (offer: Offer): Bill => spend.with([...cycle.started, startedNode(offer)]),
    count: (change: Change): void => {
      vendors.set(vendorOf(change), ofVendor(vendorOf(change)) + 1);
      if (change.action === 'start') {
        cycle.starts += 1;
        cycle.bill = cycle.with(change.offer);
        cycle.started = addUpNodes([...cycle.started, startedNode(change.offer)]);
      }
      if (change.action === 'drain' || (change.action === 'stop' && change.host.status !== 'asked'))
        cycle.stops += 1;
    },
  };
  return cycle;
};

export type Cycle = ReturnType<typeof cycleSoFar>;

/** What a start is paid for, as commitments see it. */
const startedNode = (offer: Offer): PaidNodes =>
  nodeAt(placeOf(offer), offer.billing.priceMicroUsdPerNodeHour);
