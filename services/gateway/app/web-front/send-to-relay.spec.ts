import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { IncomingMessage } from 'node:http';
import { createServer, Socket, type AddressInfo, type Server } from 'node:net';
import { KEEP_ALIVE_TIMER, kernelTimer } from '../../../../tools/testing/kernel-timer.ts';
import { relayConnections } from './relay-connections.js';
import { relayAddress, sendToRelay, type Sent } from './send-to-relay.js';
import { TakenPlaces } from './taken-places.js';

const LISTENER = `
  const server = require('node:net').createServer().listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

/** A relay's process that takes no connection any more, but whose port still does: the kernel answers for it. */
const stoppedRelay = async (): Promise<{ port: number; kill: () => void }> => {
  const child = spawn(process.execPath, ['-e', LISTENER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  child.kill('SIGSTOP');
  return { port: Number(port.toString()), kill: () => killNow(child) };
};

/** Ends a process, and returns when the kernel has closed all that it had: nothing else of this process runs meanwhile. */
const killNow = (child: ChildProcess): void => {
  child.kill('SIGKILL');
  const isOver = (): boolean =>
    readdirSync(`/proc/${child.pid}/task`).length === 1 &&
    /^State:\s+Z/m.test(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
  while (!isOver());
};

const send = (port: number, isUpgrade: boolean, place = new TakenPlaces().take('ta-1')): Promise<Sent> =>
  sendToRelay(
    {
      method: 'POST',
      path: '/',
      headers: ['host', 'a--b.localhost', ...(isUpgrade ? UPGRADE : [])],
      body: isUpgrade ? { kind: 'none' } : { kind: 'held', bytes: Buffer.from('x') },
      incoming: new IncomingMessage(new Socket()),
      isUpgrade,
      mayCome: () => undefined,
      signal: new AbortController().signal,
    },
    { task: { taskId: 'ta-1', relayUrl: `http://127.0.0.1:${port}`, maxRequests: 1 }, onLost: place.onLost },
    relayConnections(),
  );

const UPGRADE = ['connection', 'Upgrade', 'upgrade', 'websocket'];
const post = (port: number): Promise<Sent> => send(port, false);

/** The bytes that lie unread in each connection to a port of this machine, made by the kernel, taken by nobody yet. */
const unreadAt = (port: number): readonly number[] => {
  const address = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = readFileSync('/proc/net/tcp', 'utf8').split('\n');
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, local, , state]) => local === address && state === ESTABLISHED)
    .map(([, , , , queues = '']) => Number.parseInt(queues.split(':')[1] ?? '', 16));
};

const ESTABLISHED = '01';

/** Before this process hears of anything that happens outside. */
const soon = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

test('a relay at an IPv6 address is dialled without the brackets of its URL', () => {
  expect(relayAddress('http://[fd00::7]:8000')).toEqual({ hostname: 'fd00::7', port: '8000' });
});

test('a connection that is reset while it is made has sent nothing, whatever lay ready to be sent', async () => {
  const relay = await stoppedRelay();
  const sent = post(relay.port);
  // The kernel connects, this process has not heard of it, and will hear of the end first.
  let rounds = 0;
  while (unreadAt(relay.port).length === 0 && rounds++ < 10_000) await soon();
  expect(unreadAt(relay.port)).not.toEqual([]);
  relay.kill();
  expect(await sent).toMatchObject({
    kind: 'failed',
    failed: { how: 'broken', sent: false },
    reason: expect.stringContaining('ECONNRESET') as string,
  });
});

test('a request that a relay has taken, and then broke off, may have run', async () => {
  const relay = await stoppedRelay();
  const sent = post(relay.port);
  while (!unreadAt(relay.port).some((bytes) => bytes > 0)) await new Promise(setImmediate);
  relay.kill();
  expect(await sent).toMatchObject({ kind: 'failed', failed: { how: 'broken', sent: true } });
});

/** A relay that agrees to every upgrade. */
const agreeingRelay = async () => {
  const relay = createServer((socket) =>
    socket.once('data', () =>
      socket.write(`HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n`),
    ),
  ).listen(0, '127.0.0.1');
  await once(relay, 'listening');
  return relay;
};
const portOf = (relay: Server): number => (relay.address() as AddressInfo).port;

test('a connection that is upgraded is kept alive by the kernel, which sees that its worker is gone', async () => {
  const relay = await agreeingRelay();
  const sent = await send(portOf(relay), true);
  if (sent.kind !== 'upgraded') throw new Error(`it was ${sent.kind}`);
  while (kernelTimer(sent.socket) !== KEEP_ALIVE_TIMER) await new Promise(setImmediate);
  sent.socket.destroy();
  relay.close();
});

test('a connection that is upgraded ends when the host of its container is lost', async () => {
  const relay = await agreeingRelay();
  const places = new TakenPlaces();
  const sent = await send(portOf(relay), true, places.take('ta-1'));
  if (sent.kind !== 'upgraded') throw new Error(`it was ${sent.kind}`);
  const closed = once(sent.socket, 'close');
  places.lose('ta-1');
  await closed;
  relay.close();
});

test('a request whose container is lost with its host may have run', async () => {
  const places = new TakenPlaces();
  const relay = createServer((socket) => void socket.once('data', () => places.lose('ta-1'))).listen(
    0,
    '127.0.0.1',
  );
  await once(relay, 'listening');
  expect(await send(portOf(relay), false, places.take('ta-1'))).toMatchObject({
    kind: 'failed',
    failed: { how: 'broken', sent: true },
  });
  relay.close();
});
