import {
  awaitingApproval,
  excludedHold,
  frozenHold,
  plannedSteps,
  policyAt,
  type CloudVendor,
  type Guarded,
  type Host,
  type Offer,
  type PlanningPolicy,
} from '@slipway/capacity-planner-core';
import type { PlannedStep } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import type { Logger } from '@slipway/telemetry';
import type { PlannerState } from '../journal/planner-state.js';
import type { KeptPlan, PlanFollower } from '../processes/plan-capacity/ports.js';
import { carryOut } from './carry-out.js';
import { WORKERS, type DriftLedger } from './drift-ledger.js';
import { emptyHosts } from './empty-hosts.js';
import type { HostLedger } from './host-ledger.js';
import { keepHosts } from './keep-hosts.js';
import { LookAtVendors } from './look-at-vendors.js';
import type { LookAtWorkers } from './look-at-workers.js';
import { weighChanges, type Followed, type Weighed } from './weigh-changes.js';
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
  onNews: (news: 'fleet') => void;
  /** What can be bought now, for as long as no plan is followed. */
  offers: () => Promise<readonly Offer[]>;
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

  private readonly vendorsLook: LookAtVendors;

  constructor(private readonly parts: ActingParts) {
    this.vendorsLook = new LookAtVendors(parts);
  }

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
    if (vendors.length === 0) return this.askNobody();
    const before = fleetText(ledger.hosts);
    const known = this.known?.offers ?? (await this.parts.offers());
    const offers = new Map(known.map((offer) => [offer.offerId, offer]));
    const seen = await this.vendorsLook.look([...offers.values()]);
    await workers.look(offers);
    if (vendors.every(({ vendor }) => seen.has(vendor))) this.fleetSeenAt = now();
    await emptyHosts(ledger, workers, bus, now());
    this.seen = seen;
    await this.changeFleet(seen);
    await keepHosts(ledger, workers, bus);
    await carryOut(seen, { ledger, vendors, logger, now, forbids: (host) => this.forbids(host) });
    if (fleetText(ledger.hosts) !== before) onNews('fleet');
  }

  /** Plans are only advice, and of what was found nothing would ever be over. */
  private async askNobody(): Promise<void> {
    const { ledger, drifts, now } = this.parts;
    await drifts.noteUnasked(ledger.hosts, new Set(), now());
    await drifts.note(WORKERS, [], now());
  }

  /** Why a host that was asked for is to be bought no longer: what an operator said since counts at once. */
  private forbids(host: Host): string | undefined {
    const { state, now, policy } = this.parts;
    const { guardrails, excluded } = policyAt(state.control, now(), policy);
    const offer = { ...host, shape: { gpuType: host.gpuType } };
    return (frozenHold(guardrails) ?? excludedHold(offer, excluded))?.because;
  }

  private async changeFleet(seen: ReadonlySet<string>): Promise<void> {
    const { inForce, heldBack } = this;
    if (inForce === undefined) return;
    const { now, held, planId } = this.weigh({ inForce, heldBack }, seen);
    this.held = held;
    for (const change of now) await writeChange(change, planId, this.parts);
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
}

const fleetText = (hosts: readonly Host[]): string =>
  hosts
    .map(({ hostId, status }) => `${hostId} ${status}`)
    .toSorted()
    .join();
