import type { CloudVendor, PlanSummary } from '@slipway/capacity-planner-core';
import { offer } from '../rule-of-three.testing.js';
import { actingSite, old, planOf, START } from './acting-scene.testing.js';

const openScene = actingSite();

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

test('what an orphan costs is known before a plan is followed', async () => {
  const { acting, hall, ledger } = await openScene();
  const { instanceType, region } = offer;
  const orphan = { vendorHostId: 'v-1', hostId: 'h-1', instanceType, region, billedFrom: START } as const;
  hall.hosts.set('v-1', { ...orphan, state: 'running' });
  await acting.act();
  expect(ledger.find('h-1')).toMatchObject({ offerId: offer.offerId, billing: offer.billing });
});

test('once no vendor is asked any more, nothing that was found goes on', async () => {
  const { acting, drifts } = await openScene(() => []);
  await drifts.note('own', [{ kind: 'bought-twice', hostId: 'h-1', message: 'spec' }], START);
  expect(drifts.drifts).toMatchObject([{ hostId: 'h-1' }]);
  await acting.act();
  expect(drifts.drifts).toMatchObject([{ hostId: 'h-1', endedAt: START }]);
});

test('a host whose vendor is asked no more lasts as a disagreement, until its vendor is asked again', async () => {
  let asked: readonly CloudVendor[] = [];
  const { acting, drifts, hall, ledger, settle } = await openScene((own) => (asked = [own]) && asked);
  await settle(planOf('pl-1', { [offer.offerId]: 1 }));
  const [hostId] = ledger.live.map((host) => host.hostId);
  const vendors = asked as CloudVendor[];
  vendors.pop();
  await acting.act();
  await acting.act();
  expect(drifts.drifts).toMatchObject([{ hostId, kind: 'vendor-not-asked', seenBy: hall.vendor }]);
  expect(drifts.drifts[0]).not.toHaveProperty('endedAt');
  vendors.push(hall);
  await acting.act();
  expect(drifts.drifts).toMatchObject([{ hostId, endedAt: START }]);
});

test('neither does it end while another vendor is asked', async () => {
  const other = { vendor: 'other', kind: 'real', list: () => Promise.resolve([]) } as unknown as CloudVendor;
  const vendors: CloudVendor[] = [];
  const { acting, drifts, settle } = await openScene((own) => (vendors.push(own), vendors));
  await settle(planOf('pl-1', { [offer.offerId]: 1 }));
  vendors.splice(0, 1, other);
  await acting.act();
  expect(drifts.drifts.filter(({ kind }) => kind === 'vendor-not-asked')).toHaveLength(1);
});
