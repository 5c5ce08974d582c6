import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { RELAY_HEADERS, type TaskAssignment, type TaskId } from '@slipway/contracts';
import { KEEP_ALIVE_TIMER, kernelTimer } from '../../../../../tools/testing/kernel-timer.ts';
import { WebTask } from '../web-task.js';
import { startWebRelay, type WebRelay } from './web-relay.js';

const KEY = 'a-key-of-the-mesh';
const TASK = 'ta-1' as TaskId;

/** The user's server: what it does is said by the path. */
const answer: Record<string, (asked: IncomingMessage, said: ServerResponse) => void> = {
  '/': (asked, said) =>
    said.writeHead(200, { 'x-app': 'yes', 'x-slipway-outcome': 'gone' }).end(asked.method),
  '/headers': (asked, said) => said.end(JSON.stringify(asked.headers)),
  '/echo': (asked, said) => asked.pipe(said),
  '/wait': (_, said) => said.socket?.once('close', () => waits.shift()?.()),
  '/trailers': (_, said) => {
    said.writeHead(200, { trailer: 'x-sum' });
    said.write('body');
    said.addTrailers({ 'x-sum': '42' });
    said.end();
  },
  '/hints': (_, said) => {
    said.writeEarlyHints({ link: ['</a.css>; rel=preload; as=style', '</b.js>; rel=preload; as=script'] });
    said.end('hinted');
  },
  '/odd': (_, said) =>
    said.socket?.end('HTTP/1.1 000 Nothing\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'),
  '/half': (_, said) => {
    said.writeHead(200, { 'content-length': '10' });
    said.write('half');
    setTimeout(() => said.socket?.destroy(), 20);
  },
};
let waits: (() => void)[] = [];

describe('the web relay', () => {
  let app: Server;
  let relay: WebRelay;
  let task: WebTask;
  const tasks = new Map<TaskId, WebTask>();

  const makeTask = async (over: Partial<TaskAssignment> = {}): Promise<WebTask> => {
    const made = new WebTask(
      {
        taskId: TASK,
        maxConcurrentInputs: 2,
        inputTimeoutMs: 5_000,
        web: {
          kind: 'web-server',
          port: (app.address() as AddressInfo).port,
          http2: false,
          startupTimeoutMs: 1_000,
          exitGraceMs: 0,
          requiresProxyAuth: false,
        },
        ...over,
      } as TaskAssignment,
      {
        onReady: () => made.open(),
        onActive: () => undefined,
        onStuck: () => undefined,
        cancelInput: () => undefined,
      },
    );
    made.reachPort('127.0.0.1');
    await made.awaitServer(new AbortController().signal);
    tasks.set(TASK, made);
    return made;
  };

  const ask = (path: string, options: Readonly<{ method?: string; headers?: Record<string, string> }> = {}) =>
    request(`${relay.url}${path}`, {
      method: options.method ?? 'GET',
      headers: { [RELAY_HEADERS.key]: KEY, [RELAY_HEADERS.task]: TASK, ...options.headers },
    });
  const answerTo = async (asked: ReturnType<typeof ask>): Promise<IncomingMessage & { text: string }> => {
    asked.end();
    const [given] = (await once(asked, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of given) text += String(chunk);
    return Object.assign(given, { text });
  };

  beforeAll(async () => {
    app = createServer((asked, said) => answer[asked.url ?? '']?.(asked, said));
    app.on('upgrade', (_, socket: Socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n');
      socket.pipe(socket);
    });
    app.listen(0, '127.0.0.1');
    await once(app, 'listening');
    relay = await startWebRelay({ host: '127.0.0.1', port: 0 }, KEY, tasks);
  });
  beforeEach(async () => {
    waits = [];
    task = await makeTask();
  });
  afterEach(() => task.close());
  afterAll(async () => {
    await relay.close();
    app.closeAllConnections();
    app.close();
  });

  test('passes the app’s answer on and says that it is the app’s, whatever the app claims', async () => {
    const given = await answerTo(ask('/'));
    expect([given.statusCode, given.text, given.headers['x-app']]).toEqual([200, 'GET', 'yes']);
    expect(given.headers[RELAY_HEADERS.outcome]).toBe('user');
  });

  test('shows the app nothing of the platform', async () => {
    const given = await answerTo(ask('/headers', { headers: { 'x-mine': '1' } }));
    const seen = JSON.parse(given.text) as Record<string, string>;
    expect(seen['x-mine']).toBe('1');
    expect(Object.keys(seen).filter((name) => name.startsWith('x-slipway'))).toEqual([]);
  });

  test('has the kernel look whether a gateway that sends nothing is there still', async () => {
    const { port } = new URL(relay.url);
    const gateway = connect(Number(port), '127.0.0.1');
    await once(gateway, 'connect');
    const atRelay = { localPort: Number(port), remotePort: gateway.localPort! };
    while (kernelTimer(atRelay) !== KEEP_ALIVE_TIMER) await pause(5);
    gateway.destroy();
  });

  test('refuses whoever has not the key', async () => {
    const given = await answerTo(ask('/', { headers: { [RELAY_HEADERS.key]: 'another' } }));
    expect([given.statusCode, given.headers[RELAY_HEADERS.outcome]]).toEqual([403, undefined]);
  });

  test('says of an unknown task that it is gone', async () => {
    const given = await answerTo(ask('/', { headers: { [RELAY_HEADERS.task]: 'ta-2' } }));
    expect(given.headers[RELAY_HEADERS.outcome]).toBe('gone');
  });

  test('lets in as many as the task takes, tells one more that it is busy, and hears when one leaves', async () => {
    const left = new Promise<void>((resolve) => waits.push(resolve));
    const inside = [ask('/wait'), ask('/wait')];
    for (const each of inside) each.on('error', () => undefined).end();
    while (task.active < 2) await pause(5);
    expect((await answerTo(ask('/'))).headers[RELAY_HEADERS.outcome]).toBe('busy');
    inside[0]!.destroy();
    await left;
    while (task.active > 1) await pause(5);
    expect((await answerTo(ask('/'))).headers[RELAY_HEADERS.outcome]).toBe('user');
    inside[1]!.destroy();
  });

  test('drains: nobody comes in, and those inside end first', async () => {
    const echo = ask('/echo', { method: 'POST' });
    // An answer that comes while nobody listens is thrown away.
    const answered = once(echo, 'response') as Promise<[IncomingMessage]>;
    echo.write('one ');
    const [given] = await answered;
    let drained = false;
    const draining = task.drain('as-long-as-allowed').then(() => (drained = true));
    expect((await answerTo(ask('/'))).headers[RELAY_HEADERS.outcome]).toBe('draining');
    expect(drained).toBe(false);
    echo.end('two');
    expect(await text(given)).toBe('one two');
    await draining;
  });

  test('ends a request whose time is over', async () => {
    task.close();
    task = await makeTask({ inputTimeoutMs: 50 });
    const given = await answerTo(ask('/wait'));
    expect([given.statusCode, given.headers[RELAY_HEADERS.outcome]]).toEqual([504, 'timeout']);
    expect(given.text).toContain('0.05 s');
  });

  test('an answer that breaks in the middle does not look whole', async () => {
    await expect(answerTo(ask('/half'))).rejects.toThrow('aborted');
  });

  test('a container that ends breaks off what was inside, with a reason where nothing was answered yet', async () => {
    const waiting = answerTo(ask('/wait'));
    while (task.active < 1) await pause(5);
    task.close();
    const given = await waiting;
    expect([given.statusCode, given.headers[RELAY_HEADERS.outcome]]).toEqual([502, 'failed']);
  });

  test('passes trailers', async () => {
    const given = await answerTo(ask('/trailers'));
    expect([given.text, given.trailers['x-sum']]).toEqual(['body', '42']);
  });

  test('passes early hints, several links at once', async () => {
    const asked = ask('/hints');
    const hinted = once(asked, 'information') as Promise<[{ headers: Record<string, string> }]>;
    expect((await answerTo(asked)).text).toBe('hinted');
    expect((await hinted)[0].headers['link']).toBe(
      '</a.css>; rel=preload; as=style, </b.js>; rel=preload; as=script',
    );
  });

  test('an answer that nobody could pass on is a failure of its request alone', async () => {
    const given = await answerTo(ask('/odd'));
    expect([given.statusCode, given.headers[RELAY_HEADERS.outcome]]).toEqual([502, 'failed']);
    expect((await answerTo(ask('/'))).statusCode).toBe(200);
  });

  test('headers that came twice reach a server of HTTP/2, which takes many of them once', async () => {
    const second = createHttp2Server((asked, said) => said.end(JSON.stringify(asked.headers)));
    second.listen(0, '127.0.0.1');
    await once(second, 'listening');
    const { port } = second.address() as AddressInfo;
    task.close();
    task = await makeTask({ web: { ...task.task.web, port, http2: true } as TaskAssignment['web'] });
    const asked = request(relay.url, {
      headers: [
        ...[RELAY_HEADERS.key, KEY, RELAY_HEADERS.task, TASK, 'host', 'x'],
        ...['user-agent', 'a', 'user-agent', 'b', 'cookie', 'c=1', 'cookie', 'd=2'],
      ],
    });
    const seen = JSON.parse((await answerTo(asked)).text) as Record<string, string>;
    expect([seen['user-agent'], seen['cookie']]).toEqual(['a, b', 'c=1; d=2']);
    task.close();
    second.close();
  });

  test('a body of which the length is not known goes through as it comes', async () => {
    const echo = ask('/echo', { method: 'POST' });
    const answered = once(echo, 'response') as Promise<[IncomingMessage]>;
    echo.write('first');
    const [given] = await answered;
    expect(String((await once(given, 'data'))[0])).toBe('first');
    echo.end('last');
    expect(String((await once(given, 'data'))[0])).toBe('last');
  });

  test('after an upgrade bytes go both ways as they are', async () => {
    const socket = connect(Number(new URL(relay.url).port), '127.0.0.1');
    socket.write(
      `GET /ws HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: echo\r\n${RELAY_HEADERS.key}: ${KEY}\r\n${RELAY_HEADERS.task}: ${TASK}\r\n\r\n`,
    );
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1.1 101 /);
    socket.write('hello');
    expect(String((await once(socket, 'data'))[0])).toBe('hello');
    expect(task.active).toBe(1);
    socket.destroy();
    while (task.active > 0) await pause(5);
  });
});
