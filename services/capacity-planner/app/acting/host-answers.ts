import {
  billedSeconds,
  hostCommitments,
  hostCostMicroUsd,
  hourlyMicroUsd,
  lessonsAt,
  openDrifts,
  toldDrifts,
  writeOffHost,
  type CloudVendor,
  type Host,
} from '@slipway/capacity-planner-core';
import type {
  AnswerOf,
  AskOf,
  CapacityDrift,
  CapacityHosts,
  CapacityHostView,
  CommitmentTerms,
} from '@slipway/contracts';
import { eventsOf, type Instant } from '@slipway/kernel';
import type { ActOnPlan } from './act-on-plan.js';
import type { DriftLedger } from './drift-ledger.js';
import type { HostLedger } from './host-ledger.js';
import { pageOfHosts } from './page-of-hosts.js';

/** A message takes many thousands, and a person reads fewer. */
const MOST_BESIDE = 1_000;

export type HostAnswersParts = Readonly<{
  ledger: HostLedger;
  acting: Pick<ActOnPlan, 'held' | 'fleetSeenAt'>;
  vendors: readonly CloudVendor[];
  drifts: DriftLedger;
  commitments: () => readonly CommitmentTerms[];
  onNews: (news: 'fleet') => void;
  now: () => Instant;
}>;

/** What is asked about the hosts of the ledger, and what an operator may say of one. */
export class HostAnswers {
  constructor(private readonly parts: HostAnswersParts) {}

  list(ask: AskOf<'capacity-planner.list-hosts'>): CapacityHosts {
    const { ledger, acting, commitments, now } = this.parts;
    const at = now();
    const { hosts } = ledger;
    const { page, ...next } = pageOfHosts(hosts, ask);
    return {
      hosts: page.map((host) => this.viewOf(host, at)),
      total: hosts.length,
      ...next,
      ...(ask.cursor === undefined && this.besideHosts(at)),
      heldTotal: acting.held.length,
      driftsTotal: this.driftsAt(at).length,
      seenAt: acting.fleetSeenAt,
      costMicroUsd: hosts.reduce((sum, host) => sum + hostCostMicroUsd(host, at), 0),
      microUsdPerHour: hosts.reduce((sum, host) => sum + hourlyMicroUsd(host), 0),
      commitments: hostCommitments(hosts, commitments(), at),
    };
  }

  /** What was wrong with it is over with it. Throws a refusal. */
  async writeOff({
    at: endedAt,
    ...ask
  }: AskOf<'capacity-planner.write-off-host'>): Promise<CapacityHostView> {
    const { ledger, vendors, drifts, onNews, now } = this.parts;
    const at = now();
    const asked = new Set(vendors.map(({ vendor }) => vendor));
    const order = { ...ask, at, asked, ...(endedAt === undefined ? {} : { endedAt }) };
    await ledger.record(() => eventsOf(writeOffHost(ledger.find(ask.hostId), order)), at);
    await drifts.noteUnasked(ledger.hosts, asked, at);
    onNews('fleet');
    return this.viewOf(ledger.find(ask.hostId)!, at);
  }

  lessons(): AnswerOf<'capacity-planner.list-lessons'> {
    return { lessons: lessonsAt(this.parts.ledger.lessons, this.parts.now()) };
  }

  /** What is told once, however many pages of hosts there are. */
  private besideHosts(at: Instant): Pick<CapacityHosts, 'held' | 'drifts'> {
    const held = this.parts.acting.held.slice(0, MOST_BESIDE);
    return {
      held: held.map(({ change, heldBy, because }) => ({
        action: change.action,
        subject: change.action === 'start' ? change.offer.offerId : change.host.hostId,
        ...{ heldBy, because },
      })),
      drifts: this.driftsAt(at).slice(0, MOST_BESIDE),
    };
  }

  private driftsAt(at: Instant): readonly CapacityDrift[] {
    return toldDrifts(this.parts.drifts.drifts, at).toSorted(
      (a, b) => Number(a.endedAt !== undefined) - Number(b.endedAt !== undefined) || b.foundAt - a.foundAt,
    );
  }

  private viewOf(host: Host, at: Instant): CapacityHostView {
    const { hostId, offerId, vendor, status, planId, askedAt } = host;
    const drifts = openDrifts(this.parts.drifts.drifts).filter((drift) => drift.hostId === hostId);
    return {
      ...{ hostId, offerId, vendor, status, planId, askedAt },
      ...(drifts.length === 0 ? {} : { drifts: drifts.map(({ kind }) => kind) }),
      simulated: this.parts.vendors.some((known) => known.vendor === vendor && known.kind === 'simulated'),
      ...(host.status === 'refused' ? { refused: { code: host.code, because: host.because } } : {}),
      ...('how' in host ? { how: host.how } : {}),
      ...('billedFrom' in host ? { billingStartsAt: host.billedFrom } : {}),
      ...('joinedAt' in host && host.joinedAt !== undefined ? { joinedAt: host.joinedAt } : {}),
      ...('takenAt' in host && host.takenAt !== undefined ? { takenAt: host.takenAt } : {}),
      ...('endedAt' in host ? { endedAt: host.endedAt } : {}),
      billedSeconds: billedSeconds(host, at),
      costMicroUsd: hostCostMicroUsd(host, at),
      microUsdPerHour: hourlyMicroUsd(host),
    };
  }
}
