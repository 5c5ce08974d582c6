import { actingSite, old, planOf, START } from './acting-scene.testing.js';
import { HostAnswers } from './host-answers.js';

const openScene = actingSite();
const HOUR_MS = 3_600_000;

test('each page of hosts tells what all of them cost', async () => {
  const { acting, drifts, hall, ledger, settle } = await openScene();
  await settle(planOf('pl-1', { [old.offerId]: 2 }));
  const inAnHour = () => START + HOUR_MS;
  const answers = new HostAnswers(ledger, acting, [hall], drifts, () => [], inAnHour);
  const whole = answers.list({ limit: 10 });
  const first = answers.list({ limit: 1 });
  const second = answers.list({ limit: 1, cursor: first.nextCursor! });
  expect([...first.hosts, ...second.hosts]).toEqual(whole.hosts);
  expect([whole.nextCursor, second.nextCursor]).toEqual([undefined, undefined]);
  const sums = { total: 2, costMicroUsd: 2 * whole.hosts[0]!.costMicroUsd };
  expect(sums.costMicroUsd).toBeGreaterThan(0);
  for (const page of [whole, first, second]) expect(page).toMatchObject(sums);
});
