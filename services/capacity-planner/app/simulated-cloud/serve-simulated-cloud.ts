import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { HostOrder } from '@slipway/capacity-planner-core';
import type { SimulatedCloud } from './simulated-cloud.js';
import type { Weather } from './simulated-market.js';

type Answer = Readonly<{ status: number; body?: unknown }>;

const MOST_BODY_BYTES = 64 * 1024;

/** Who may ask: whoever shows the key, for its hosts run as this machine's own processes. */
const showsKey = ({ headers }: IncomingMessage, key: string): boolean => {
  const [shown, wanted] = [Buffer.from(headers.authorization ?? ''), Buffer.from(`Bearer ${key}`)];
  return shown.length === wanted.length && timingSafeEqual(shown, wanted);
};

/**
 * The simulated vendors' API on loopback. It says that it is a simulator: no money is asked for anything. `/weather` and
 * `/preemptions` are for who plays the weather; vendors have no such thing.
 */
export const serveSimulatedCloud = (cloud: SimulatedCloud, port: number, key: string): Promise<Server> =>
  new Promise((listening, fail) => {
    const server = createServer((request, response) => {
      void answer(cloud, request, key)
        .catch((error: unknown): Answer => ({ status: 400, body: { error: String(error) } }))
        .then(({ status, body }) =>
          response
            .writeHead(status, {
              'content-type': 'application/json',
              'x-simulator': 'slipway-simulated-cloud',
            })
            .end(body === undefined ? '' : JSON.stringify(body)),
        );
    });
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => listening(server));
  });

const HOST_ID = /^[A-Za-z0-9][A-Za-z0-9-]{0,60}$/;

const answer = async (cloud: SimulatedCloud, request: IncomingMessage, key: string): Promise<Answer> => {
  const path = (request.url ?? '/').split('/').slice(1).map(decodeURIComponent);
  const route = `${request.method} ${path[0] ?? ''}`;
  if (route === 'GET ' || route === 'GET readyz')
    return { status: 200, body: { simulator: true, says: 'simulated vendors: nothing here is bought' } };
  if (!showsKey(request, key))
    return { status: 401, body: { error: 'show the key of the simulated cloud: Authorization: Bearer …' } };
  switch (route) {
    case 'POST weather':
      cloud.market.setWeather((await bodyOf(request)) as Weather);
      return { status: 204 };
    case 'POST preemptions': {
      const { hostId, noticeMs } = (await bodyOf(request)) as { hostId: string; noticeMs: number };
      return { status: cloud.preempt(hostId, noticeMs) ? 204 : 404 };
    }
    default:
      return ofVendor(cloud, request, route, path);
  }
};

const ofVendor = async (
  cloud: SimulatedCloud,
  request: IncomingMessage,
  route: string,
  [, vendor = '', hostId = '']: readonly string[],
): Promise<Answer> => {
  if (cloud.market.isDown(vendor)) return { status: 503, body: { error: `${vendor} is down` } };
  switch (route) {
    case 'GET offers':
      return { status: 200, body: cloud.market.offers(vendor) };
    case 'GET hosts':
      return { status: 200, body: cloud.list(vendor) };
    case 'POST hosts': {
      const order = (await bodyOf(request)) as HostOrder;
      // Its folder is named by it.
      if (!HOST_ID.test(order.hostId))
        return { status: 400, body: { error: `'${order.hostId}' is no id of a host` } };
      return { status: 200, body: cloud.start(order) };
    }
    case 'DELETE hosts':
      cloud.stop(hostId);
      return { status: 204 };
    default:
      return { status: 404, body: { error: `there is no ${route}` } };
  }
};

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > MOST_BODY_BYTES) throw new Error(`the body is above ${MOST_BODY_BYTES} bytes`);
    pieces.push(piece);
  }
  return JSON.parse(Buffer.concat(pieces).toString('utf8'));
};
