import type { WebTasks } from '@slipway/contracts';
import type { WebRouteRow } from '../store/web-entities.js';
import {
  USER,
  always,
  ask,
  closeScene,
  openFront,
  openRelay,
  refusing,
  route,
  taskAt,
} from './web-front-scene.testing.js';

afterEach(closeScene);

test('a request goes to the container as it came, and its answer comes back', async () => {
  const relay = await openRelay((incoming, answer) => {
    answer.writeHead(201, {
      ...USER,
      'x-app': 'yes',
      'set-cookie': ['a=1', 'b=2'],
      'x-slipway-timing': 'app;dur=1.0',
    });
    incoming.on('data', () => undefined).on('end', () => answer.end('made'));
  });
  const { url } = await openFront(always(taskAt(relay, 'ta-1')));
  const got = await ask(
    `${url}/items?x=1`,
    { method: 'POST', headers: { 'x-mine': 'v', 'x-slipway-key': 'forged', 'content-length': 5 } },
    'hello',
  );
  expect(got).toMatchObject({
    status: 201,
    body: 'made',
    headers: { 'x-app': 'yes', 'set-cookie': ['a=1', 'b=2'] },
  });
  expect(got.headers['server-timing']).toMatch(/^route;dur=.*, queue;dur=.*, start;dur=.*, app;dur=1\.0$/);
  expect(Object.keys(got.headers).filter((name) => name.startsWith('x-slipway'))).toEqual([]);
  expect(relay.seen[0]).toMatchObject({ method: 'POST', url: '/items?x=1' });
  expect(relay.seen[0]!.headers).toMatchObject({
    host: 'a--b.localhost',
    'x-mine': 'v',
    'x-slipway-key': 'key',
    'x-slipway-task': 'ta-1',
    'x-forwarded-proto': 'http',
    'x-forwarded-host': 'a--b.localhost',
  });
});

test('a name that nobody has is told so, and hosts of the API reach the API', async () => {
  const { url } = await openFront(always());
  const unknown = await ask(url, { headers: { host: 'x--y.localhost' } });
  expect(unknown.status).toBe(404);
  expect(JSON.parse(unknown.body)).toMatchObject({ type: '/problems/endpoint-not-found' });
  expect(await ask(url, { headers: { host: '127.0.0.1' } })).toMatchObject({ status: 200, body: 'api' });
});

test('the first request waits while its container starts', async () => {
  const relay = await openRelay((_incoming, answer) => answer.writeHead(200, USER).end('up'));
  const { url, polls } = await openFront(({ demand }, asked) =>
    asked > 3 && demand.waiting > 0
      ? { revision: 2, tasks: [taskAt(relay, 'ta-1')] }
      : { revision: 1, tasks: [] },
  );
  const got = await ask(url);
  expect(got).toMatchObject({ status: 200, body: 'up' });
  expect(polls.some(({ demand }) => demand.waiting === 1)).toBe(true);
  expect(Number(/start;dur=([\d.]+)/.exec(String(got.headers['server-timing']))?.[1])).toBeGreaterThan(0);
});

test('a start that fails answers what waits with its reason', async () => {
  const { url } = await openFront(({ demand }) =>
    demand.waiting > 0
      ? { revision: 2, tasks: [], problem: { kind: 'start-failed', message: 'No module named x' } }
      : { revision: 1, tasks: [] },
  );
  const got = await ask(url);
  expect(got.status).toBe(503);
  expect(got.body).toContain('No module named x');
});

test.each(['gone', 'draining', 'busy'])(
  'a container that says %s is passed for another one',
  async (outcome) => {
    const away = await refusing(outcome);
    const relay = await openRelay((_incoming, answer) => answer.writeHead(200, USER).end('other'));
    const { url } = await openFront(always(taskAt(away, 'ta-1'), taskAt(relay, 'ta-2')));
    const options = { method: 'POST', headers: { 'content-length': 1 } };
    expect(await ask(url, options, 'x')).toMatchObject({ status: 200, body: 'other' });
  },
);

test.each([
  ['timeout', 504, 'function-timed-out'],
  ['failed', 502, 'container-broke-off'],
])('the outcome %s is answered %i with a reason', async (outcome, status, code) => {
  const { url } = await openFront(always(taskAt(await refusing(outcome, status), 'ta-1')));
  const got = await ask(url);
  expect(got.status).toBe(status);
  expect(JSON.parse(got.body)).toMatchObject({
    type: `/problems/${code}`,
    detail: expect.stringContaining(`it is ${outcome}`) as string,
  });
});

test('a connection that breaks: GET goes elsewhere, POST is told that it may have run', async () => {
  const breaking = await openRelay((incoming) => incoming.socket.destroy());
  const relay = await openRelay((_incoming, answer) => answer.writeHead(200, USER).end('other'));
  const tasks = always(taskAt(breaking, 'ta-1'), taskAt(relay, 'ta-2'));
  expect(await ask((await openFront(tasks)).url)).toMatchObject({ status: 200, body: 'other' });
  const options = { method: 'POST', headers: { 'content-length': 1 } };
  expect((await ask((await openFront(tasks)).url, options, 'x')).status).toBe(502);
});

test('a connection that breaks may be the end of its worker: GET does not go to another container there', async () => {
  const dying = await openRelay((incoming) => incoming.socket.destroy());
  const relay = await openRelay((_incoming, answer) => answer.writeHead(200, USER).end('elsewhere'));
  const tasks = always(taskAt(dying, 'ta-1'), taskAt(dying, 'ta-2'), taskAt(relay, 'ta-3'));
  expect(await ask((await openFront(tasks)).url)).toMatchObject({ status: 200, body: 'elsewhere' });
  expect(dying.seen).toHaveLength(1);
});

test('requests beyond what the containers take wait their turn', async () => {
  let inside = 0;
  let most = 0;
  const relay = await openRelay((_incoming, answer) => {
    inside += 1;
    most = Math.max(most, inside);
    setTimeout(() => {
      inside -= 1;
      answer.writeHead(200, USER).end();
    }, 5);
  });
  const { url } = await openFront(always(taskAt(relay, 'ta-1', 2)));
  const got = await Promise.all(Array.from({ length: 20 }, () => ask(url)));
  expect(got.every(({ status }) => status === 200)).toBe(true);
  expect(most).toBe(2);
});

describe('whether a token is asked for', () => {
  const asked = async (written: Partial<WebRouteRow>, proxyAuth: WebTasks['proxyAuth']) => {
    const relay = await openRelay((_incoming, answer) => answer.writeHead(200, USER).end());
    const tasks = { revision: 1, tasks: [taskAt(relay, 'ta-1')], proxyAuth };
    const { url, polls } = await openFront(() => tasks, route(written));
    return { status: (await ask(url)).status, seen: relay.seen, polls };
  };

  test('is said by the definition that serves, not by the one that was written down last', async () => {
    const locked = await asked({ requiresProxyAuth: false }, { '': true });
    expect(locked).toMatchObject({ status: 401, seen: [] });
    expect(locked.polls.every(({ demand }) => demand.waiting === 0)).toBe(true);
    expect((await asked({ requiresProxyAuth: true }, { '': false })).status).toBe(200);
  });

  test('is said of each method by itself', async () => {
    const proxyAuth = { open: false, closed: true };
    expect((await asked({ method: 'open' }, proxyAuth)).status).toBe(200);
    expect((await asked({ method: 'closed' }, proxyAuth)).status).toBe(401);
  });

  test('is as it was written down where nothing that serves has the endpoint', async () => {
    expect((await asked({ method: 'new', requiresProxyAuth: true }, { '': false })).status).toBe(401);
  });

  test('follows a deployment while requests come', async () => {
    const relay = await openRelay((_incoming, answer) => answer.writeHead(200, USER).end());
    let locked = true;
    const { url } = await openFront(() => ({
      revision: Number(locked),
      tasks: [taskAt(relay, 'ta-1')],
      proxyAuth: { '': locked },
    }));
    expect((await ask(url)).status).toBe(401);
    locked = false;
    let { status } = await ask(url);
    while (status === 401) ({ status } = await ask(url));
    expect(status).toBe(200);
  });
});

test('who asks for a stopped app is told so at once, and starts nothing', async () => {
  const problem = { kind: 'stopped', message: 'the app is stopped' } as const;
  const { url, polls } = await openFront(() => ({ revision: 1, tasks: [], problem }));
  expect((await ask(url)).status).toBe(404);
  expect((await ask(url)).status).toBe(404);
  expect(polls.every(({ demand }) => demand.waiting === 0)).toBe(true);
});
