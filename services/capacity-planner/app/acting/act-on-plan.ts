import {
  agreedChanges,
  guardChanges,
  planChanges,
  policyOf,
  restsUntil,
  type Change,
  type CloudVendor,
  type Guarded,
  type Host,
  type Offer,
  type PlanningPolicy,
} from '@slipway/capacity-planner-core';
import type { Instant } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import type { Logger } from '@slipway/telemetry';
import type { PlannerState } from '../journal/planner-state.js';
import type { KeptPlan, PlanFollower } from '../processes/plan-capacity/ports.js';
import { carryOut } from './carry-out.js';
import type { DriftLedger } from './drift-ledger.js';
import { emptyHosts } from './empty-hosts.js';
import type { HostLedger } from './host-ledger.js';
import { lookAtVendors } from './look-at-vendors.js';
import type { LookAtWorkers } from './look-at-workers.js';
import { writeChange } from './write-change.js';

export type ActingParts = Readonly<{
  ledger: HostLedger;
  vendors: readonly CloudVendor[];
  workers: LookAtWorkers;
  drifts: DriftLedger;
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
    const { ledger, vendors, workers, drifts, bus, now, logger, onNews } = this.parts;
    if (vendors.length === 0) return;
    const before = fleetText(ledger.hosts);
    const offers = new Map((this.known?.offers ?? []).map((offer) => [offer.offerId, offer]));
    const look = { now, logger, drifts, offers: [...offers.values()] };
    const seen = await lookAtVendors(vendors, ledger, look);
    await workers.look(offers);
    if (vendors.every(({ vendor }) => seen.has(vendor))) this.fleetSeenAt = now();
    await emptyHosts(ledger, bus, now());
    await this.changeFleet(offers, seen);
    await carryOut(seen, { ledger, vendors, logger, now });
    if (fleetText(ledger.hosts) !== before) onNews('fleet');
  }

  private async changeFleet(offers: ReadonlyMap<string, Offer>, seen: ReadonlySet<string>): Promise<void> {
    const { ledger, workers, state, policy, now } = this.parts;
    const { inForce, heldBack, known } = this;
    if (inForce === undefined || known === undefined) return;
    // What is done while a newer plan is held back is what that one wants too: it counts as its own.
    const { planId } = (heldBack ?? inForce).stored;
    const { hosts } = ledger;
    const changesOf = ({ stored: { plan } }: KeptPlan): readonly Change[] =>
      planChanges(plan, { hosts, offers, containersOn: (host) => workers.containersOn(host) });
    const wanted = changesOf(inForce);
    const awaited = heldBack === undefined ? [] : changesOf(heldBack);
    const changes = heldBack === undefined ? wanted : agreedChanges(wanted, awaited);
    const { guardrails, excluded = [] } = policyOf(state.control, policy);
    const guarded = guardChanges(changes, {
      awaited: [...wanted, ...awaited],
      ...{ at: now(), planId, hosts, guardrails, excluded },
      seen: {
        pricesAt: Math.max(0, ...known.offers.map(({ pricedAt }) => pricedAt)),
        forecastAt: known.forecast.madeAt,
      },
      awaySince: (vendor) => (seen.has(vendor) ? undefined : (ledger.vendorsSeenAt.get(vendor) ?? 0)),
      wasWeighed: (offerId) => offers.has(offerId),
      restsUntil: (offerId) => restsUntil(ledger.lessons, offerId),
    });
    this.held = guarded.held;
    for (const change of guarded.now) await writeChange(change, planId, this.parts);
  }

  /** The newest inputs: a plan that is held back knows what was true when it was made. */
  private get known(): KeptPlan['problem'] | undefined {
    return (this.heldBack ?? this.inForce)?.problem;
  }
}

const fleetText = (hosts: readonly Host[]): string =>
  hosts
    .map(({ hostId, status }) => `${hostId} ${status}`)
    .toSorted()
    .join();
