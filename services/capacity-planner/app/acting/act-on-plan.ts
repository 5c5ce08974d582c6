import { randomBytes } from 'node:crypto';
import {
  acceptHost,
  awaitingApproval,
  askHost,
  drainHost,
  hostIdFrom,
  keepHost,
  plannedSteps,
  refuseHost,
  stopHost,
  type Change,
  type CloudVendor,
  type Guarded,
  type Host,
  type HostOrder,
  type Offer,
  type PlanningPolicy,
} from '@slipway/capacity-planner-core';
import type { PlannedStep } from '@slipway/contracts';
import { eventsOf, type Instant } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import type { Logger } from '@slipway/telemetry';
import type { PlannerState } from '../journal/planner-state.js';
import type { KeptPlan, PlanFollower } from '../processes/plan-capacity/ports.js';
import { emptyHosts } from './empty-hosts.js';
import type { HostLedger } from './host-ledger.js';
import { lookAtVendors } from './look-at-vendors.js';
import type { LookAtWorkers } from './look-at-workers.js';
import { weighChanges, type Followed, type Weighed } from './weigh-changes.js';

export type ActingParts = Readonly<{
  ledger: HostLedger;
  vendors: readonly CloudVendor[];
  workers: LookAtWorkers;
  state: PlannerState;
  bus: Bus;
  now: () => Instant;
  logger: Logger;
  policy: PlanningPolicy;
  /** The world differs from what the plan was made from: another one is wanted. */
  onNews: (news: string) => void;
}>;

/**
 * Makes the fleet what the plan in force says, again and again: looks at vendors and workers, starts what is missing, empties
 * and gives back what is too much. Every step is written down before it is carried out, so that it can be carried out again.
 */
export class ActOnPlan implements PlanFollower {
  readonly name = 'hosts';
  /** What the last look held back, and why. */
  held: Guarded['held'] = [];
  /** When every vendor and the scheduler last said what there is. */
  fleetSeenAt: Instant = 0;
  /** Vendors that answered the last look. */
  private seen: ReadonlySet<string> = new Set();
  private inForce: KeptPlan | undefined;
  private heldBack: KeptPlan | undefined;
  private acting: Promise<void> | undefined;

  constructor(private readonly parts: ActingParts) {}

  follow(inForce: KeptPlan, heldBack?: KeptPlan): Promise<void> {
    this.inForce = inForce;
    this.heldBack = heldBack;
    // Vendors may take minutes to answer; the next plan does not wait for them.
    this.act().catch((error: unknown) =>
      this.parts.logger.warn({ err: error }, 'the fleet stays as it is for now'),
    );
    return Promise.resolve();
  }

  /** One round; a second one that is asked for meanwhile is the same one. */
  act(): Promise<void> {
    this.acting ??= this.round().finally(() => (this.acting = undefined));
    return this.acting;
  }

  private async round(): Promise<void> {
    const { ledger, vendors, workers, bus, now, logger, onNews } = this.parts;
    if (vendors.length === 0) return;
    const before = fleetText(ledger.hosts);
    const offers = new Map((this.known?.offers ?? []).map((offer) => [offer.offerId, offer]));
    const { seen } = await lookAtVendors(vendors, ledger, { now, logger, offers: [...offers.values()] });
    await workers.look(offers);
    if (vendors.every(({ vendor }) => seen.has(vendor))) this.fleetSeenAt = now();
    await emptyHosts(ledger, bus, now());
    this.seen = seen;
    await this.changeFleet(seen);
    await this.carryOut(seen);
    if (fleetText(ledger.hosts) !== before) onNews('fleet');
  }

  private async changeFleet(seen: ReadonlySet<string>): Promise<void> {
    const { inForce, heldBack } = this;
    if (inForce === undefined) return;
    const { now, held, planId } = this.weigh({ inForce, heldBack }, seen);
    this.held = held;
    for (const change of now) await this.write(change, planId);
  }

  /** What is, or would be, done about a plan now; nothing where no vendor may be asked. */
  stepsOf(plan: KeptPlan, state: 'in-force' | 'waiting'): readonly PlannedStep[] | undefined {
    const { vendors, workers } = this.parts;
    if (vendors.length === 0) return undefined;
    const heldBack = state === 'in-force' ? this.heldBack : undefined;
    const weighed = this.weigh({ inForce: plan, heldBack }, this.seen);
    return plannedSteps(
      state === 'waiting' ? awaitingApproval(weighed, plan.stored.planId) : weighed,
      (host) => workers.containersOn(host),
    );
  }

  private weigh(followed: Followed, seen: ReadonlySet<string>): Weighed {
    const { ledger, workers, state, policy, now } = this.parts;
    return weighChanges(followed, { ledger, workers, state, policy, seen, at: now() });
  }

  /** The newest inputs: a plan that is held back knows what was true when it was made. */
  private get known(): KeptPlan['problem'] | undefined {
    return (this.heldBack ?? this.inForce)?.problem;
  }

  /** Writes a change down. */
  private async write(change: Change, planId: string): Promise<void> {
    const { ledger, logger, now } = this.parts;
    const { because } = change;
    const newest = (host: Host): Host => ledger.find(host.hostId) ?? host;
    const events = await ledger.record(() => {
      switch (change.action) {
        case 'start':
          return eventsOf(askHost(undefined, orderFor(change.offer), { planId, because }));
        case 'convert':
          return eventsOf(keepHost(newest(change.host), planId));
        case 'drain':
          return eventsOf(drainHost(newest(change.host), planId, because));
        case 'stop':
          return eventsOf(stopHost(newest(change.host), because));
        default:
          return change satisfies never;
      }
    }, now());
    for (const { type, data } of events) logger.info({ hostId: data.hostId, planId, because }, type);
    if (change.action === 'convert' && events.length > 0)
      await this.parts.bus.request('scheduler.keep-worker', { workerId: change.host.hostId });
  }

  /** Asks those vendors that answer for what the ledger says that was asked, and gives back what it says that is to go; again until it is so. */
  private async carryOut(seen: ReadonlySet<string>): Promise<void> {
    const { ledger, vendors, logger } = this.parts;
    const byName = new Map(vendors.map((vendor) => [vendor.vendor, vendor]));
    await Promise.all(
      ledger.live.map(async (host) => {
        const vendor = byName.get(host.vendor);
        if (vendor === undefined || !seen.has(host.vendor)) return;
        try {
          if (host.status === 'asked') await this.start(host, vendor);
          if (host.status === 'stopping') await vendor.stop(host);
        } catch (error) {
          logger.warn(
            { err: error, hostId: host.hostId, vendor: host.vendor },
            'the vendor will be asked again',
          );
        }
      }),
    );
  }

  private async start(host: Host, vendor: CloudVendor): Promise<void> {
    const { ledger, logger, now } = this.parts;
    const answer = await vendor.start(host);
    await ledger.record(() => {
      const newest = ledger.find(host.hostId) ?? host;
      if ('started' in answer) return eventsOf(acceptHost(newest, answer.started));
      logger.warn({ hostId: host.hostId, offerId: host.offerId, ...answer.refused }, 'the start was refused');
      return eventsOf(refuseHost(newest, answer.refused.code, answer.refused.because));
    }, now());
  }
}

const orderFor = (offer: Offer): HostOrder => ({
  hostId: hostIdFrom(randomBytes(6).toString('hex')),
  ...{ offerId: offer.offerId, vendor: offer.vendor, region: offer.region, zone: offer.zone, geo: offer.geo },
  ...{ instanceType: offer.instanceType, purchase: offer.purchase, billing: offer.billing },
  ...{ gpuType: offer.shape.gpuType, gpuCount: offer.shape.gpuCount },
});

const fleetText = (hosts: readonly Host[]): string =>
  hosts
    .map(({ hostId, status }) => `${hostId} ${status}`)
    .toSorted()
    .join();
