import type { Offer, OfferId } from '../catalogue/offer.js';
import type { Plan } from '../plan/plan.js';
import type { Change } from './change.js';
import { hourlyMicroUsd } from './host-cost.js';
import { isOver, type Host } from './host.state.js';

export type Standing = Readonly<{
  hosts: Iterable<Host>;
  offers: ReadonlyMap<OfferId, Offer>;
  /** Containers on a host now, so that the emptiest is let go first. */
  containersOn: (host: Host) => number;
}>;

/**
 * What is to change now so that the fleet becomes what the plan holds in its first period: level-triggered, so that what was
 * carried out already is no line any more, whatever happened in between. Hosts that are kept after all come first, then starts, then what goes.
 */
export const planChanges = (plan: Pick<Plan, 'offers'>, standing: Standing): readonly Change[] => {
  const held = new Map<OfferId, Host[]>();
  for (const host of standing.hosts)
    if (!isOver(host)) held.set(host.offerId, [...(held.get(host.offerId) ?? []), host]);
  const targets = new Map(plan.offers.map(({ offerId, nodes }) => [offerId, Math.round(nodes[0] ?? 0)]));
  const offerIds = [...new Set([...targets.keys(), ...held.keys()])].toSorted();
  const changes = offerIds.flatMap((offerId) =>
    changesOf(offerId, targets.get(offerId) ?? 0, held.get(offerId) ?? [], standing),
  );
  return changes.toSorted((one, other) => ORDER[one.action] - ORDER[other.action]);
};

const ORDER = { convert: 0, start: 1, stop: 2, drain: 3 } as const;

const changesOf = (
  offerId: OfferId,
  target: number,
  held: readonly Host[],
  { offers, containersOn }: Standing,
): readonly Change[] => {
  const serving = held.filter((host) => isUseful(host));
  const missing = target - serving.length;
  if (missing >= 0) {
    const returning = held
      .filter((host) => host.status === 'draining' && host.takenAt === undefined)
      .slice(0, missing);
    const offer = offers.get(offerId);
    const wanted = `the plan holds ${target} of it, ${serving.length} serve or start`;
    const starts = offer === undefined ? 0 : missing - returning.length;
    return [
      ...returning.map((host): Change => ({
        ...{ action: 'convert', host, microUsdPerHour: 0 },
        because: `${wanted}; this one drains and can serve again`,
      })),
      ...Array.from({ length: starts }, () => offer!).map((of): Change => ({
        ...{ action: 'start', offer: of, because: wanted },
        microUsdPerHour: of.billing.priceMicroUsdPerNodeHour,
      })),
    ];
  }
  return serving
    .toSorted((one, other) => toLose(one) - toLose(other) || containersOn(one) - containersOn(other))
    .slice(0, -missing)
    .map((host): Change => ({
      action: host.status === 'running' ? 'drain' : 'stop',
      host,
      microUsdPerHour: -hourlyMicroUsd(host),
      because: `the plan holds ${target} of it, ${serving.length} serve or start; this one has ${containersOn(host)} containers`,
    }));
};

/** What has not joined yet has the least to lose. */
const toLose = ({ status }: Host): number => (status === 'asked' ? 0 : status === 'starting' ? 1 : 2);

const isUseful = (host: Host): boolean =>
  (host.status === 'asked' || host.status === 'starting' || host.status === 'running') &&
  !('takenAt' in host && host.takenAt !== undefined);
