import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TaskAssignment } from '@slipway/contracts';
import { WebExchange } from './web-exchange.js';
import { WebTask } from './web-task.js';

const firstBytes = Buffer.alloc(0);
let server: Server;
let task: WebTask;

afterEach(() => {
  task.close();
  server.close();
  server.closeAllConnections();
});

test("by the client's bridge a place stays taken after the answer, until user code has ended", async () => {
  const assignment = { maxConcurrentInputs: 1, inputTimeoutMs: 60_000, web: { kind: 'asgi' } };
  let emptied: () => void = () => undefined;
  const isEmpty = new Promise<void>((resolve) => (emptied = resolve));
  task = new WebTask(assignment as TaskAssignment, {
    onReady: () => undefined,
    onStuck: () => undefined,
    cancelInput: () => undefined,
    onActive: (count) => count === 0 && emptied(),
  });
  task.open();
  server = createServer((asked, answer) =>
    task.take(new WebExchange({ kind: 'http', request: asked, answer, firstBytes, method: '' })),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const visitor = request(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).end();
  const answered = once(visitor, 'response') as Promise<[IncomingMessage]>;

  const call = (await task.bridge.next(new AbortController().signal))!;
  await call.hear({ $case: 'httpResponseStart', value: { status: 200, headers: [], trailers: false } });
  await call.hear({ $case: 'httpResponseBody', value: { body: Buffer.from('done'), moreBody: false } });
  expect(await text((await answered)[0])).toBe('done');
  await call.exchange.closed;
  expect([task.taken, task.admit('')]).toEqual([1, 'busy']);

  task.bridge.end(call.exchange.inputId, 'success');
  await isEmpty;
  expect([task.taken, task.admit('')]).toEqual([0, 'admitted']);
});
