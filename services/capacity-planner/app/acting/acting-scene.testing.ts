import {
  defaultPolicy,
  type CloudVendor,
  type HostOrder,
  type Offer,
  type Plan,
  type PlanningProblem,
  type VendorHost,
} from '@slipway/capacity-planner-core';
import type { WorkerView } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import { createLogger } from '@slipway/telemetry';
import { PlannerJournal } from '../journal/planner-journal.js';
import { PlannerState } from '../journal/planner-state.js';
import { overLedPlanner } from '../led-planner.testing.js';
import type { Leadership } from '../processes/lead-planner.js';
import type { KeptPlan } from '../processes/plan-capacity/ports.js';
import { offer } from '../rule-of-three.testing.js';
import { ActOnPlan } from './act-on-plan.js';
import { DriftLedger } from './drift-ledger.js';
import { HostLedger } from './host-ledger.js';
import { LookAtWorkers } from './look-at-workers.js';

export const START = Date.parse('2026-11-21T12:00:00Z');
const logger = createLogger('spec', 'silent');
/** A second kind of machine of the hall. */
export const old: Offer = { ...offer, offerId: 'own/hall/a/old/on-demand', instanceType: 'old' };

/** A vendor that gives what it is asked for at once, and workers that join and leave with its hosts. */
export class Hall implements CloudVendor {
  readonly vendor = offer.vendor;
  readonly kind = 'simulated';
  readonly hosts = new Map<string, VendorHost>();
  readonly stopped: string[] = [];
  /** By host, what the scheduler was last asked for: nothing new is placed on one that is `leaving`. */
  readonly leaving = new Set<string>();
  /** Hosts that containers run on. */
  readonly busy = new Set<string>();

  offers = () => Promise.resolve([]);
  list = () => Promise.resolve([...this.hosts.values()]);

  start({ hostId, instanceType, region }: HostOrder) {
    const vendorHostId = `v-${hostId}`;
    const host = { vendorHostId, hostId, instanceType, region, billedFrom: START };
    this.hosts.set(vendorHostId, { ...host, state: 'running' });
    return Promise.resolve({ started: { vendorHostId, billedFrom: START } });
  }

  stop({ vendorHostId }: Pick<VendorHost, 'vendorHostId'>) {
    const { instanceType } = this.hosts.get(vendorHostId)!;
    this.stopped.push(instanceType);
    this.hosts.delete(vendorHostId);
    return Promise.resolve();
  }

  get workers(): readonly WorkerView[] {
    return [...this.hosts.values()].map(({ hostId }) => ({
      ...{ workerId: hostId, bootId: 'b-1', status: 'present', runningInputs: 0 },
      containers: this.busy.has(hostId) ? 1 : 0,
      capacity: { host: { offerId: '' } } as WorkerView['capacity'],
      ...(this.leaving.has(hostId) && { leaving: 'spec' }),
    }));
  }

  /** What it has, by the kind of machine. */
  get standing(): readonly string[] {
    return [...this.hosts.values()].map(({ instanceType }) => instanceType).toSorted();
  }
}

/** The scheduler's side: which workers there are, and that a drained one is empty. */
const schedulerOf = (hall: Hall): Bus =>
  ({
    request: (subject: string, { workerId }: { workerId: string }) => {
      const { workers } = hall;
      if (subject === 'scheduler.list-workers') return Promise.resolve({ workers });
      if (subject === 'scheduler.drain-worker') hall.leaving.add(workerId);
      if (subject === 'scheduler.keep-worker') hall.leaving.delete(workerId);
      return Promise.resolve(workers.find((worker) => worker.workerId === workerId));
    },
  }) as unknown as Bus;

/** Opens scenes over a database of their own; it is cleared before each spec of the file. */
export const actingSite = () => {
  let leadership: Leadership;
  overLedPlanner((led) => (leadership = led));
  beforeEach(async () => {
    await leadership.store.pool.query({ text: 'truncate capacity_planner.events' });
    await leadership.store.log.findEnd();
  });
  return (asked?: (hall: Hall) => readonly CloudVendor[]) => openScene(leadership, asked);
};

const openScene = async (
  leadership: Leadership,
  asked: (hall: Hall) => readonly CloudVendor[] = (hall) => [hall],
) => {
  const journal = new PlannerJournal(leadership.store.log, leadership.fence);
  const [state, ledger] = [new PlannerState(journal), new HostLedger(journal)];
  const drifts = new DriftLedger(journal, logger);
  await journal.replay();
  const hall = new Hall();
  const bus = schedulerOf(hall);
  const clock = { now: START };
  const now = (): number => clock.now;
  const workers = new LookAtWorkers(bus, ledger, now, drifts, () => false);
  const acting = new ActOnPlan({
    ...{ ledger, vendors: asked(hall), workers, drifts, state, bus, now, logger, policy: defaultPolicy },
    onNews: () => undefined,
    offers: () => Promise.resolve([offer]),
  });
  /** Rounds until nothing changes any more. */
  const settle = async (inForce: KeptPlan, heldBack?: KeptPlan) => {
    await acting.follow(inForce, heldBack);
    let before: string;
    do {
      before = hall.standing.join();
      for (let round = 0; round < 4; round += 1) await acting.act();
    } while (hall.standing.join() !== before);
  };
  return { acting, bus, clock, drifts, hall, ledger, settle, state };
};

/** A plan that holds so many hosts of each offer. */
export const planOf = (planId: string, targets: Readonly<Record<string, number>>): KeptPlan => ({
  stored: {
    ...{ planId, madeAt: START, trigger: 'spec', inputsHash: planId, catalogueVersion: 'v1' },
    plan: {
      offers: Object.entries(targets).map(([offerId, nodes]) => ({ offerId, nodes: [nodes] })),
    } as unknown as Plan,
  },
  problem: {
    offers: [offer, old],
    forecast: { madeAt: START },
    policy: defaultPolicy,
  } as unknown as PlanningProblem,
});
