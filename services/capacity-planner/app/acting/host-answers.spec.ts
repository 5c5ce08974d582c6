import { openDrifts, type CloudVendor, type Host } from '@slipway/capacity-planner-core';
import { refusal } from '../planning-site.testing.js';
import { actingSite, old, planOf, START } from './acting-scene.testing.js';
import { HostAnswers } from './host-answers.js';

const openScene = actingSite();
const HOUR_MS = 3_600_000;

test('each page of hosts tells what all of them cost', async () => {
  const { acting, drifts, hall, ledger, settle } = await openScene();
  await settle(planOf('pl-1', { [old.offerId]: 2 }));
  const inAnHour = () => START + HOUR_MS;
  const answers = new HostAnswers({
    ...{ ledger, acting, vendors: [hall], drifts, now: inAnHour },
    ...{ commitments: () => [], onNews: () => undefined },
  });
  const whole = answers.list({ limit: 10 });
  const first = answers.list({ limit: 1 });
  const second = answers.list({ limit: 1, cursor: first.nextCursor! });
  expect([...first.hosts, ...second.hosts]).toEqual(whole.hosts);
  expect([whole.nextCursor, second.nextCursor]).toEqual([undefined, undefined]);
  const sums = { total: 2, costMicroUsd: 2 * whole.hosts[0]!.costMicroUsd };
  expect(sums.costMicroUsd).toBeGreaterThan(0);
  for (const page of [whole, first, second]) expect(page).toMatchObject(sums);
});

test('a host of a vendor that is asked no more is written off: its cost and what was wrong with it end', async () => {
  const vendors: CloudVendor[] = [];
  const { acting, drifts, ledger, settle } = await openScene((own) => (vendors.push(own), vendors));
  await settle(planOf('pl-1', { [old.offerId]: 1 }));
  const [{ hostId }] = ledger.live as readonly [Host];
  const news: string[] = [];
  const answers = new HostAnswers({
    ...{ ledger, acting, vendors, drifts, now: () => START + HOUR_MS },
    ...{ commitments: () => [], onNews: (what) => news.push(what) },
  });
  const writeOff = () => answers.writeOff({ hostId, by: 'ada', reason: 'the account is closed' });
  expect(await refusal(writeOff())).toBe('vendor-asked');
  vendors.pop();
  await acting.act();
  expect(openDrifts(drifts.drifts)).toMatchObject([{ hostId, kind: 'vendor-not-asked' }]);
  expect(news).toEqual([]);
  expect(await writeOff()).toMatchObject({ status: 'ended', how: 'written-off', endedAt: START + HOUR_MS });
  expect(openDrifts(drifts.drifts)).toEqual([]);
  expect(answers.list({ limit: 1 })).toMatchObject({
    microUsdPerHour: 0,
    hosts: [{ hostId, microUsdPerHour: 0 }],
  });
  expect(news).toEqual(['fleet']);
  expect(await refusal(writeOff())).toBe('host-over');
});

test('what is held and where ledger and vendors disagree is told once, and no more of it than a message takes', async () => {
  const { acting, drifts, hall, ledger, settle } = await openScene();
  await settle(planOf('pl-1', { [old.offerId]: 2 }));
  const found = Array.from({ length: 1_500 }, (_, index) => ({
    ...{ kind: 'running-unpaid' as const, hostId: `h-${index}`, message: 'spec' },
  }));
  await drifts.note('workers', found, START);
  const change = { action: 'start', offer: { offerId: old.offerId } };
  const held = Array.from({ length: 1_200 }, () => ({ change, heldBy: 'cap', because: 'spec' }));
  const answers = new HostAnswers({
    ...{ ledger, vendors: [hall], drifts, now: () => START, onNews: () => undefined },
    acting: { held, fleetSeenAt: acting.fleetSeenAt } as unknown as typeof acting,
    commitments: () => [],
  });
  const totals = { heldTotal: 1_200, driftsTotal: 1_500 };
  const first = answers.list({ limit: 1 });
  expect(first).toMatchObject(totals);
  expect([first.held?.length, first.drifts?.length]).toEqual([1_000, 1_000]);
  const second = answers.list({ limit: 1, cursor: first.nextCursor! });
  expect(second).toMatchObject(totals);
  expect([second.held, second.drifts]).toEqual([undefined, undefined]);
});
