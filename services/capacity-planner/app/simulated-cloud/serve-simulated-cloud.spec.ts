import type { AddressInfo, Server } from 'node:net';
import { SimulatedVendor } from '../vendors/simulated-vendor.js';
import { serveSimulatedCloud } from './serve-simulated-cloud.js';
import type { SimulatedCloud } from './simulated-cloud.js';

const KEY = 'the-key';
let server: Server;
let url: string;
const started: unknown[] = [];

beforeAll(async () => {
  const cloud = {
    market: { isDown: () => false, offers: () => [] },
    list: () => [],
    start: (order: unknown) => started.push(order),
  } as unknown as SimulatedCloud;
  server = await serveSimulatedCloud(cloud, 0, KEY);
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

test('a vendor with the key is answered', async () => {
  expect(await new SimulatedVendor('simulated-north', { url, key: KEY }).list()).toEqual([]);
});

test.each([
  ['no key', {}],
  ['a wrong one', { authorization: 'Bearer the-kez' }],
])('who shows %s starts no host and plays no weather', async (_, headers) => {
  for (const path of ['/hosts/simulated-north', '/weather', '/preemptions'])
    expect((await fetch(`${url}${path}`, { method: 'POST', body: '{}', headers })).status).toBe(401);
  expect(started).toEqual([]);
});

test('that it is a simulator it tells everybody', async () => {
  expect(await (await fetch(url)).json()).toMatchObject({ simulator: true });
});
