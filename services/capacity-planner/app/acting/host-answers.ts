import {
  billedSeconds,
  hostCommitments,
  hostCostMicroUsd,
  hourlyMicroUsd,
  lessonsAt,
  openDrifts,
  toldDrifts,
  type CloudVendor,
  type Host,
} from '@slipway/capacity-planner-core';
import type { AnswerOf, AskOf, CapacityHosts, CapacityHostView, CommitmentTerms } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { ActOnPlan } from './act-on-plan.js';
import type { DriftLedger } from './drift-ledger.js';
import type { HostLedger } from './host-ledger.js';
import { pageOfHosts } from './page-of-hosts.js';

/** What is asked about the hosts of the ledger. */
export class HostAnswers {
  constructor(
    private readonly ledger: HostLedger,
    private readonly acting: ActOnPlan,
    private readonly vendors: readonly CloudVendor[],
    private readonly drifts: DriftLedger,
    private readonly commitments: () => readonly CommitmentTerms[],
    private readonly now: () => Instant,
  ) {}

  list(ask: AskOf<'capacity-planner.list-hosts'>): CapacityHosts {
    const at = this.now();
    const { hosts } = this.ledger;
    const { page, ...next } = pageOfHosts(hosts, ask);
    return {
      hosts: page.map((host) => this.viewOf(host, at)),
      total: hosts.length,
      ...next,
      held: this.acting.held.map(({ change, heldBy, because }) => ({
        action: change.action,
        subject: change.action === 'start' ? change.offer.offerId : change.host.hostId,
        ...{ heldBy, because },
      })),
      drifts: this.driftsAt(at),
      seenAt: this.acting.fleetSeenAt,
      costMicroUsd: hosts.reduce((sum, host) => sum + hostCostMicroUsd(host, at), 0),
      microUsdPerHour: hosts.reduce((sum, host) => sum + hourlyMicroUsd(host), 0),
      commitments: hostCommitments(hosts, this.commitments(), at),
    };
  }

  lessons(): AnswerOf<'capacity-planner.list-lessons'> {
    return { lessons: lessonsAt(this.ledger.lessons, this.now()) };
  }

  private driftsAt(at: Instant): CapacityHosts['drifts'] {
    return toldDrifts(this.drifts.drifts, at).toSorted(
      (a, b) => Number(a.endedAt !== undefined) - Number(b.endedAt !== undefined) || b.foundAt - a.foundAt,
    );
  }

  private viewOf(host: Host, at: Instant): CapacityHostView {
    const { hostId, offerId, vendor, status, planId, askedAt } = host;
    const drifts = openDrifts(this.drifts.drifts).filter((drift) => drift.hostId === hostId);
    return {
      ...{ hostId, offerId, vendor, status, planId, askedAt },
      ...(drifts.length === 0 ? {} : { drifts: drifts.map(({ kind }) => kind) }),
      simulated: this.vendors.some((known) => known.vendor === vendor && known.kind === 'simulated'),
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
