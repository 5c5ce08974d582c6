import { networkInterfaces } from 'node:os';
import { readWorkerConfig } from '../config.js';
import { hostAndPort } from './host-and-port.js';
import { addressTowards } from './own-address.js';
import { placesOfServers } from './places-of-servers.js';

/** Another address in the network of one of this machine's: the way to it is known, whether anybody is there or not. */
const neighbourOf = (address: string): string => {
  const parts = address.split('.');
  return [...parts.slice(0, 3), String(Number(parts[3]) ^ 1)].join('.');
};

/** Bridges of workers come and go. */
const routable = Object.entries(networkInterfaces())
  .flatMap(([name, addresses]) => (name.startsWith('slw') ? [] : (addresses ?? [])))
  .find(
    ({ family, internal, cidr }) => family === 'IPv4' && !internal && Number(cidr?.split('/')[1] ?? 32) < 31,
  )?.address;
const onRoutable = routable === undefined ? test.skip : test;

const places = (natsUrl: string, said: Readonly<Record<string, string>> = {}) =>
  placesOfServers(
    readWorkerConfig({
      ...{ NATS_URL: natsUrl, SLIPWAY_DATA_DIR: '/d', SLIPWAY_INTERNAL_KEY: 'k' },
      ...{ BLOB_STORE_URL: 'http://b', GATEWAY_URL: 'http://g', ...said },
    }),
  );

test.each(['nats://127.0.0.1:4222', 'nats://user:pass@localhost:4222'])(
  'a worker whose bus is on its own machine, at %s, is closed to all others',
  async (url) => {
    expect(await places(url)).toEqual({
      relay: { host: '127.0.0.1', port: 0 },
      router: { host: '127.0.0.1', port: 0 },
    });
  },
);

onRoutable('a bus at this machine’s own routable address is on this machine too', async () => {
  expect(await addressTowards(`nats://${routable}:4222`)).toBe('127.0.0.1');
});

onRoutable('a worker whose bus is elsewhere is reached at its own address on the way there', async () => {
  const { relay, router } = await places(`nats://${neighbourOf(routable!)}:4222`, {
    WORKER_RELAY_PORT: '8000',
  });
  expect([relay, router]).toEqual([
    { host: routable, port: 8000 },
    { host: routable, port: 0 },
  ]);
});

test('what the operator says goes before, each server for itself, and an empty word says nothing', async () => {
  const said = { WORKER_RELAY_HOST: 'worker.example', WORKER_ROUTER_HOST: '' };
  const { relay, router } = await places('nats://127.0.0.1', said);
  expect([relay.host, router.host]).toEqual(['worker.example', '127.0.0.1']);
});

test('an IPv6 address has brackets before its port', () => {
  expect([hostAndPort('fd00::7', 80), hostAndPort('10.0.0.7', 80)]).toEqual(['[fd00::7]:80', '10.0.0.7:80']);
});
