import { actingSite, old, planOf, START } from './acting-scene.testing.js';

const openScene = actingSite();

const two = planOf('pl-1', { [old.offerId]: 2 });
const none = planOf('pl-2', { [old.offerId]: 0 });

test('a host that is kept after all is given back to the scheduler, also when it did not hear of it at first', async () => {
  const { acting, bus, hall, ledger, settle } = await openScene();
  await settle(two);
  const [host] = ledger.live;
  hall.busy.add(host!.hostId);
  await acting.follow(none);
  await acting.act();
  await acting.act();
  expect(hall.leaving).toContain(host!.hostId);
  const request = bus.request.bind(bus);
  bus.request = ((subject: string, ask: never) =>
    subject === 'scheduler.keep-worker'
      ? Promise.reject(new Error('away'))
      : request(subject as never, ask)) as never;
  await acting.follow(two);
  await acting.act().catch(() => undefined);
  await acting.act().catch(() => undefined);
  expect(ledger.find(host!.hostId)).toMatchObject({ status: 'running' });
  expect(hall.leaving).toContain(host!.hostId);
  bus.request = request;
  await acting.act();
  expect(hall.leaving).not.toContain(host!.hostId);
});

test('a machine that cannot be stopped holds up nothing else of its vendor', async () => {
  const { acting, drifts, hall, ledger, settle } = await openScene();
  await settle(two);
  const [host] = ledger.live;
  const double = { ...hall.hosts.get(`v-${host!.hostId}`)!, vendorHostId: 'v-double' };
  hall.hosts.set('v-double', double);
  const stop = hall.stop.bind(hall);
  hall.stop = (there) =>
    there.vendorHostId === 'v-double' ? Promise.reject(new Error('422: an event is pending')) : stop(there);
  await settle(none);
  expect(drifts.drifts).toMatchObject([{ kind: 'bought-twice' }]);
  expect([...hall.hosts.keys()]).toEqual(['v-double']);
  expect(acting.fleetSeenAt).toBe(START);
});

test('starts that were asked for and not granted yet are given up when planning is frozen', async () => {
  const { acting, hall, ledger, settle, state } = await openScene();
  const start = hall.start.bind(hall);
  let tried = 0;
  hall.start = (order) => {
    tried += 1;
    if (tried > 1) return Promise.reject(new Error('busy'));
    return start(order);
  };
  await settle(planOf('pl-1', { [old.offerId]: 3 }));
  expect(ledger.live.map(({ status }) => status).toSorted()).toEqual(['asked', 'asked', 'running']);
  await state.record(() => [{ type: 'planning-frozen', data: { by: 'ada', reason: 'spec' } }], START);
  const before = tried;
  await acting.act();
  expect(tried).toBe(before);
  expect(ledger.hosts.map(({ status }) => status).toSorted()).toEqual(['abandoned', 'abandoned', 'running']);
});

test('an order that a newer plan wants no more is given up', async () => {
  const { hall, ledger, settle } = await openScene();
  hall.start = () => Promise.reject(new Error('busy'));
  await settle(two);
  expect(ledger.live).toHaveLength(2);
  await settle(none);
  expect(ledger.live).toEqual([]);
});

test('a listing that lacks hosts whose workers are there takes nothing from them', async () => {
  const { acting, clock, hall, ledger, settle } = await openScene();
  await settle(two);
  clock.now = START + 120_000;
  const list = hall.list.bind(hall);
  hall.list = () => Promise.resolve([]);
  await acting.act();
  expect(ledger.live.map(({ status }) => status)).toEqual(['running', 'running']);
  hall.list = list;
  await acting.act();
  expect(hall.stopped).toEqual([]);
  hall.list = () => Promise.resolve([]);
  await acting.act();
  clock.now += 60_000;
  await acting.act();
  expect(ledger.live.map(({ status }) => status)).toEqual(['running', 'running']);
  hall.hosts.clear();
  await acting.act();
  await acting.act();
  expect(ledger.hosts.filter(({ status }) => status === 'ended')).toMatchObject([
    { how: 'lost', endedAt: START + 120_000 },
    { how: 'lost', endedAt: START + 120_000 },
  ]);
});

test('a worker that joins from a host which is being stopped gets no work', async () => {
  const { acting, hall, ledger, settle } = await openScene();
  await settle(two);
  hall.stop = () => Promise.reject(new Error('busy'));
  await acting.follow(none);
  for (let round = 0; round < 4; round += 1) await acting.act();
  expect(ledger.live.map(({ status }) => status)).toEqual(['stopping', 'stopping']);
  hall.leaving.clear();
  await acting.act();
  expect([...hall.leaving].toSorted()).toEqual(ledger.live.map(({ hostId }) => hostId).toSorted());
});
