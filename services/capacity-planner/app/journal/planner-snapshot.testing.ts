import {
  acceptHost,
  askHost,
  endHost,
  joinHost,
  noteDrifts,
  refuseHost,
  repriceHost,
  stopHost,
  type Drift,
  type HostEvent,
  type HostOrder,
} from '@slipway/capacity-planner-core';
import { eventsOf, type Instant, type NewEvent, type StoredEvent } from '@slipway/kernel';
import { createLogger } from '@slipway/telemetry';
import fc from 'fast-check';
import { DriftLedger } from '../acting/drift-ledger.js';
import { HostLedger } from '../acting/host-ledger.js';
import { offer } from '../rule-of-three.testing.js';
import { PlannerJournal, type PlannerLog } from './planner-journal.js';
import type { FoldedParts } from './planner-snapshot.js';
import { PlannerState, type OwnEvent } from './planner-state.js';

/** A log that is as durable as the object. */
export class RememberedLog implements PlannerLog {
  readonly events: StoredEvent[] = [];

  append(rows: readonly NewEvent[]): Promise<number> {
    for (const row of rows) this.events.push({ ...row, position: this.events.length + 1 });
    return Promise.resolve(this.events.length);
  }

  read(after: number, limit: number): Promise<readonly StoredEvent[]> {
    return Promise.resolve(this.events.slice(after, after + limit));
  }

  versionsOf(streams: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const last = (stream: string) => this.events.findLast((event) => event.stream === stream)?.version ?? 0;
    return Promise.resolve(new Map(streams.map((stream) => [stream, last(stream)])));
  }
}

/** The parts as a process has them before it has read the log. */
export const partsOver = (log: PlannerLog, fence = { shard: 'planner', epoch: 1 }): FoldedParts => {
  const journal = new PlannerJournal(log, fence);
  return {
    journal,
    state: new PlannerState(journal),
    ledger: new HostLedger(journal),
    drifts: new DriftLedger(journal, createLogger('spec', 'silent')),
  };
};

/** Something that is recorded. */
export type Happening = (parts: FoldedParts, at: Instant) => Promise<unknown>;

const orderOf = (hostId: string, instanceType: string): HostOrder => {
  const { vendor, region, zone, geo, purchase, billing } = offer;
  return {
    ...{ hostId, offerId: `own/hall/a/${instanceType}/on-demand`, instanceType },
    ...{ vendor, region, zone, geo, purchase, billing, gpuType: 'none', gpuCount: 0 },
  };
};

const ofHosts = (hostId: string, instanceType: string, step: number): Happening => {
  const decide = ({ ledger }: FoldedParts, at: Instant): readonly HostEvent[] => {
    const host = ledger.find(hostId);
    if (host === undefined)
      return eventsOf(askHost(host, orderOf(hostId, instanceType), { planId: 'pl-1', because: 'spec' }));
    const deciders = [
      () => refuseHost(host, 'no-capacity', 'none left'),
      () => acceptHost(host, { vendorHostId: `v-${hostId}`, billedFrom: at }),
      () => joinHost(host),
      () => repriceHost(host, { from: at, priceMicroUsdPerNodeHour: at }),
      () => stopHost(host, 'spec', 'pl-2'),
      () => endHost(host, { how: 'never-joined', endedAt: at, because: 'spec' }),
    ];
    return eventsOf(deciders[step % deciders.length]!());
  };
  return (parts, at) => parts.ledger.record(() => decide(parts, at), at);
};

const summary = (madeAt: Instant, paid: number) => ({
  ...{ madeAt, inputsHash: 'a', catalogueVersion: 'v1', trigger: 'spec', planner: 'p', solverStatus: 's' },
  ...{ totalMicroUsd: 1, paidMicroUsdPerHourBefore: 0, paidMicroUsdPerHourAfter: paid },
  ...{ starts: 1, stops: 0, shortContainers: 0 },
});

const ofOperators = (planId: string, step: number): Happening => {
  const filter = { vendor: 'own' };
  const said = (at: Instant): readonly OwnEvent[] => [
    { type: 'plan-made', data: { planId, summary: summary(at, step), approval: 'needed' } },
    { type: 'plan-made', data: { planId, summary: summary(at, step), approval: 'not-needed' } },
    { type: 'plan-approved', data: { planId, by: 'ada' } },
    { type: 'plan-rejected', data: { planId, by: 'ada', reason: 'spec' } },
    { type: 'planning-failed', data: { trigger: 'spec', because: 'spec' } },
    { type: 'planning-frozen', data: { by: 'ada', reason: 'spec' } },
    { type: 'planning-resumed', data: { by: 'ada' } },
    { type: 'offers-excluded', data: { filter, by: 'ada', reason: 'spec' } },
    { type: 'guardrails-set', data: { guardrails: { maxStartsPerCycle: step }, by: 'ada' } },
  ];
  return ({ state }, at) => state.record(() => [said(at)[step % 9]!], at);
};

const ofDrifts = (hostIds: readonly string[]): Happening => {
  const found = hostIds.map((hostId): Drift => ({ kind: 'gone', hostId, message: 'spec' }));
  return ({ journal, drifts }, at) =>
    journal.record(
      ({ data }) => `drift-${data.hostId}`,
      () => noteDrifts(drifts.drifts, { seenBy: 'own', found }),
      at,
    );
};

const hostIds = fc.constantFrom('h-1', 'h-2', 'h-3', 'h-4');

export const happenings: fc.Arbitrary<readonly Happening[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(hostIds, fc.constantFrom('box', 'old'), fc.nat(5))
        .map((drawn) => ofHosts(...drawn)),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom('pl-1', 'pl-2', 'pl-3'), fc.nat(99))
        .map((drawn) => ofOperators(...drawn)),
    },
    { weight: 1, arbitrary: fc.uniqueArray(hostIds).map(ofDrifts) },
  ),
  { maxLength: 80 },
);
