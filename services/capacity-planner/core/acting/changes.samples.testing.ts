import type { Offer } from '../catalogue/offer.js';
import { offerOf, runningHost } from './acting.samples.testing.js';
import type { Change } from './change.js';
import { drainHost } from './host.decide.js';
import type { HostEvent } from './host.events.js';
import { evolveHost, type Host } from './host.state.js';
import { planChanges } from './plan-changes.js';

export const offers = new Map<string, Offer>(['a', 'b'].map((offerId) => [offerId, offerOf(offerId)]));

const planFor = (targets: Readonly<Record<string, number>>) => ({
  offers: Object.entries(targets).map(([offerId, nodes]) => ({
    ...{ offerId, nodesNow: 0, starts: [], stops: [] },
    nodes: [nodes],
  })),
});

export const changesTo = (
  targets: Readonly<Record<string, number>>,
  hosts: readonly Host[],
  on = {},
): readonly Change[] =>
  planChanges(planFor(targets), {
    hosts,
    offers,
    containersOn: ({ hostId }) => (on as Record<string, number>)[hostId] ?? 0,
  });

export const said = (changes: readonly Change[]): readonly string[] =>
  changes.map(
    (change) => `${change.action} ${change.action === 'start' ? change.offer.offerId : change.host.hostId}`,
  );

export const draining = (hostId: string): Host => {
  const host = runningHost(hostId, offers.get('a'));
  return evolveHost(host, (drainHost(host, 'pl-1', '') as HostEvent[])[0]!, 5_000);
};
