import {
  defaultPolicy,
  type CloudVendor,
  type HostOrder,
  type Offer,
  type Plan,
  type PlanningProblem,
  type PlanSummary,
  type VendorHost,
} from '@slipway/capacity-planner-core';
import type { WorkerView } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import { createLogger } from '@slipway/telemetry';
import {
  startThrowawayPostgres,
  type ThrowawayPostgres,
} from '../../../../tools/testing/throwaway-postgres.ts';
import type { CapacityPlannerConfig } from '../config.js';
import { PlannerJournal } from '../journal/planner-journal.js';
import { PlannerState } from '../journal/planner-state.js';
import { leadPlanner, type Leadership } from '../processes/lead-planner.js';
import type { KeptPlan } from '../processes/plan-capacity/ports.js';
import { offer } from '../rule-of-three.testing.js';
import { ActOnPlan } from './act-on-plan.js';
import { DriftLedger } from './drift-ledger.js';
import { HostLedger } from './host-ledger.js';
import { LookAtWorkers } from './look-at-workers.js';

const START = Date.parse('2026-11-21T12:00:00Z');
const logger = createLogger('spec', 'silent');
const old: Offer = { ...offer, offerId: 'own/hall/a/old/on-demand', instanceType: 'old' };

let postgres: ThrowawayPostgres;
let leadership: Leadership;

beforeAll(async () => {
  postgres = await startThrowawayPostgres();
  const config = { databaseUrl: postgres.databaseUrl, holder: 'spec', leaseMs: 60_000 };
  leadership = await leadPlanner(config as CapacityPlannerConfig, logger);
}, 60_000);
afterAll(async () => {
  await leadership?.resign();
  await postgres?.stop();
});
beforeEach(async () => {
  await leadership.store.pool.query({ text: 'truncate capacity_planner.events' });
  await leadership.store.log.findEnd();
});

/** A vendor that gives what it is asked for at once, and workers that join and leave with its hosts. */
class Hall implements CloudVendor {
  readonly vendor = offer.vendor;
  readonly kind = 'simulated';
  readonly hosts = new Map<string, VendorHost>();
  readonly stopped: string[] = [];

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
      ...{ workerId: hostId, bootId: 'b-1', status: 'present', containers: 0, runningInputs: 0 },
      capacity: { host: { offerId: '' } } as WorkerView['capacity'],
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
      return Promise.resolve(workers.find((worker) => worker.workerId === workerId));
    },
  }) as unknown as Bus;

const openScene = async (asked: (hall: Hall) => readonly CloudVendor[] = (hall) => [hall]) => {
  const journal = new PlannerJournal(leadership.store.log, leadership.fence);
  const [state, ledger] = [new PlannerState(journal), new HostLedger(journal)];
  const drifts = new DriftLedger(journal, logger);
  await journal.replay();
  const hall = new Hall();
  const bus = schedulerOf(hall);
  const now = (): number => START;
  const workers = new LookAtWorkers(bus, ledger, now, drifts);
  const acting = new ActOnPlan({
    ...{ ledger, vendors: asked(hall), workers, drifts, state, bus, now, logger, policy: defaultPolicy },
    onNews: () => undefined,
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
  return { acting, drifts, hall, ledger, settle, state };
};

/** A plan that holds so many hosts of each offer. */
const planOf = (planId: string, targets: Readonly<Record<string, number>>): KeptPlan => ({
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

test('the fleet becomes what the plan says, and nothing goes before what replaces it serves', async () => {
  const { hall, settle } = await openScene();
  await settle(planOf('pl-1', { [old.offerId]: 2 }));
  expect(hall.standing).toEqual(['old', 'old']);
  await settle(planOf('pl-2', { [offer.offerId]: 2, [old.offerId]: 1 }));
  expect(hall.standing).toEqual(['box', 'box', 'old']);
});

describe('while a person holds a newer plan back', () => {
  const before = planOf('pl-1', { [old.offerId]: 2 });

  test('only what both plans want is done, and it counts as the newer one’s', async () => {
    const { acting, hall, ledger, settle } = await openScene();
    await settle(before);
    await settle(
      planOf('pl-2', { [old.offerId]: 3, [offer.offerId]: 1 }),
      planOf('pl-3', { [old.offerId]: 3, [offer.offerId]: 0 }),
    );
    expect(hall.standing).toEqual(['old', 'old', 'old']);
    expect(ledger.live.filter(({ planId }) => planId === 'pl-3')).toHaveLength(1);
    expect(acting.held).toMatchObject([{ heldBy: 'approval', change: { action: 'start' } }]);
  });

  test('nothing is let go for a start that waits for the person', async () => {
    const { acting, hall, settle } = await openScene();
    await settle(before);
    await settle(
      planOf('pl-2', { [old.offerId]: 1 }),
      planOf('pl-3', { [old.offerId]: 1, [offer.offerId]: 2 }),
    );
    expect(hall.standing).toEqual(['old', 'old']);
    expect(acting.held.map(({ heldBy }) => heldBy)).toEqual(['make-before-break']);
  });

  test('once it is approved the rest follows', async () => {
    const { acting, hall, settle } = await openScene();
    const newer = planOf('pl-3', { [old.offerId]: 0, [offer.offerId]: 2 });
    await settle(before);
    await settle(before, newer);
    expect(hall.standing).toEqual(['old', 'old']);
    await settle(newer);
    expect(hall.standing).toEqual(['box', 'box']);
    expect(hall.stopped).toEqual(['old', 'old']);
    expect(acting.held).toEqual([]);
  });
});

test('what was left out when a plan was approved is not done while it is in force, pinned or not', async () => {
  const { acting, hall, settle, state } = await openScene();
  const summary = { madeAt: START, paidMicroUsdPerHourBefore: 0, paidMicroUsdPerHourAfter: 9 } as PlanSummary;
  await state.record(
    () => [
      { type: 'plan-made', data: { planId: 'pl-1', summary, approval: 'needed' } },
      { type: 'plan-approved', data: { planId: 'pl-1', by: 'ada', without: [offer.offerId] } },
    ],
    START,
  );
  await settle(planOf('pl-1', { [old.offerId]: 2, [offer.offerId]: 1 }));
  expect(hall.standing).toEqual(['old', 'old']);
  expect(acting.held).toMatchObject([
    { heldBy: 'approval', because: 'pl-1 was approved without it', change: { action: 'start' } },
  ]);
});

test('once no vendor is asked any more, nothing that was found goes on', async () => {
  const { acting, drifts } = await openScene(() => []);
  await drifts.note('own', [{ kind: 'bought-twice', hostId: 'h-1', message: 'spec' }], START);
  expect(drifts.drifts).toMatchObject([{ hostId: 'h-1' }]);
  await acting.act();
  expect(drifts.drifts).toMatchObject([{ hostId: 'h-1', endedAt: START }]);
});
