import fc from 'fast-check';
import type { CouldNotFollow, Fact } from '@slipway/contracts';
import { DemandLedger } from './demand-ledger.js';
import { reportPlacements } from './placement-report.js';
import type { PlacedBy } from './placements.js';

const KEY = 'gpu:H100x1 cpu:1000 mem:1024 class:batch';
const MINUTE_MS = 60_000;

type Placing = Readonly<{ at?: number; by?: PlacedBy; couldNotFollow?: CouldNotFollow }>;
const created = (taskId: string, { at = 0, by, couldNotFollow }: Placing = {}): Fact => ({
  ...{ at, type: 'task-created', taskId, functionId: 'fu-1', appId: 'ap-1', workspaceId: 'ws-1' },
  ...{ workerId: 'w-1', demandKey: KEY },
  ...(by === undefined ? {} : { placedBy: by }),
  ...(couldNotFollow === undefined ? {} : { couldNotFollow }),
});
const joined: Fact = {
  ...{ at: 0, type: 'worker-joined', workerId: 'w-1', bootId: 'b' },
  capacity: {
    ...{ milliCpu: 1, memoryMiB: 1, gpus: [], runtime: 'runc' },
    host: { hostId: 'w-1', offerId: 'o-1', vendor: 'v', region: 'r', instanceType: 'i', purchase: 'spot' },
  },
};
const ledgerOf = (facts: readonly Fact[]): DemandLedger => {
  const ledger = new DemandLedger();
  [joined, ...facts].forEach((fact) => ledger.fold(fact));
  return ledger;
};
const absent: CouldNotFollow = { because: 'hosts-absent', offerIds: ['o-2'] };

test('what could not follow the plan is counted by group, reason, where it was planned and where it stands', () => {
  const facts = [
    created('t-1', { by: 'plan' }),
    created('t-2', { by: 'best-fit', couldNotFollow: absent }),
    created('t-3', { by: 'best-fit', couldNotFollow: absent }),
    created('t-4', { by: 'own-machine' }),
    created('t-5'),
  ];
  expect(reportPlacements(ledgerOf([...facts, ...facts]).placedLately(MINUTE_MS))).toEqual({
    containers: { 'own-machine': 1, plan: 1, 'best-fit': 2 },
    notFollowedShare: 2 / 3,
    notFollowed: [
      { demandKey: KEY, because: 'hosts-absent', plannedOfferIds: ['o-2'], offerId: 'o-1', containers: 2 },
    ],
  });
});

test('of hosts that are absent those are told apart that are on their way', () => {
  const ledger = ledgerOf([]);
  const onTheirWay = (offerIds: readonly string[], at: number) => offerIds.includes('o-2') && at < MINUTE_MS;
  const full: CouldNotFollow = { because: 'hosts-full', offerIds: ['o-2'] };
  for (const [id, at, couldNotFollow] of [
    ['t-1', 0, absent],
    ['t-2', MINUTE_MS, absent],
    ['t-3', 0, full],
  ] as const)
    ledger.fold(created(id, { by: 'best-fit', at, couldNotFollow }), onTheirWay);
  const { notFollowed } = reportPlacements(ledger.placedLately(MINUTE_MS));
  expect(notFollowed.map(({ because }) => because)).toEqual(['hosts-starting', 'hosts-absent', 'hosts-full']);
});

test('a scheduler that gives no reason is heard all the same', () => {
  const { notFollowed } = reportPlacements(ledgerOf([created('t-1', { by: 'best-fit' })]).placedLately(0));
  expect(notFollowed).toMatchObject([{ because: 'not-said', plannedOfferIds: [], containers: 1 }]);
});

test('without a plan in force there is nothing to follow, and no share', () => {
  const report = reportPlacements(ledgerOf([created('t-1')]).placedLately(0));
  expect(report).toEqual({ containers: { 'own-machine': 0, plan: 0, 'best-fit': 0 }, notFollowed: [] });
});

test('after an hour it is forgotten, also by what is written down', () => {
  const ledger = ledgerOf([created('t-1', { by: 'plan' })]);
  expect(ledger.placedLately(59 * MINUTE_MS)).toHaveLength(1);
  expect(ledger.placedLately(66 * MINUTE_MS)).toEqual([]);
  ledger.fold(created('t-2', { by: 'plan', at: 90 * MINUTE_MS }));
  expect(ledger.toState().placements).toHaveLength(1);
});

test('however containers are placed, each counts once, and the ledger is the same after it was written down', () => {
  const placings = fc.array(
    fc.record({
      by: fc.constantFrom<PlacedBy>('plan', 'best-fit', 'own-machine'),
      at: fc.integer({ min: 0, max: 30 * MINUTE_MS }),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(placings, (list) => {
      const ledger = ledgerOf(list.map((placing, index) => created(`t-${index}`, placing)));
      const again = new DemandLedger(JSON.parse(JSON.stringify(ledger.toState())));
      const report = reportPlacements(again.placedLately(30 * MINUTE_MS));
      const sum = Object.values(report.containers).reduce((all, containers) => all + containers, 0);
      expect(sum).toBe(list.length);
      expect(again.toState()).toEqual(ledger.toState());
    }),
  );
});
