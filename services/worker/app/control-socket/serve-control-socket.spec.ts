import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type IncomingHttpHeaders } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, credentials, status, type ServerUnaryCall, type ServerWritableStream } from '@grpc/grpc-js';
import { ContainerStopRequest, ModalClientService } from '@slipway/protocol';
import { serveControlSocket, type ControlSocket } from './serve-control-socket.js';

let folder: string;
let socket: ControlSocket;
let client: Client;
let relayed: string[];
let asked: unknown[];

/** A container's socket before a gateway that answers everything with nothing. */
const serve = async (apiAccess?: 'none'): Promise<void> => {
  const gateway = {
    unary:
      (path: string) => (_call: ServerUnaryCall<Buffer, Buffer>, answer: (e: null, b: Buffer) => void) => {
        relayed.push(path);
        answer(null, Buffer.alloc(0));
      },
    serverStream: (path: string) => (call: ServerWritableStream<Buffer, Buffer>) => {
      relayed.push(path);
      call.end();
    },
  };
  const session = {
    assignment: { taskId: 'ta-1', workspaceId: 'ac-1', functionTag: 'f', apiAccess },
    hello: () => undefined,
  };
  const path = join(folder, 'socket');
  const config = { dataOutRate: { bytesPerSecond: 1, burstBytes: 1 } };
  const bus = { request: async (...ask: unknown[]) => void asked.push(ask) };
  socket = await serveControlSocket(
    { gateway, config, bus, logger: { warn: () => undefined } } as never,
    session as never,
    path,
  );
  client = new Client(`unix://${path}`, credentials.createInsecure());
};
const asIs = (bytes: Buffer): Buffer => bytes;
const empty = Buffer.alloc(0);
const ask = (
  rpc: 'clientHello' | 'containerHello' | 'containerStop' | 'dictGetOrCreate' | 'functionMap',
  request = empty,
): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const { path } = ModalClientService[rpc];
    client.makeUnaryRequest(path, asIs, asIs, request, (error) =>
      error === null ? resolve(path) : reject(error),
    );
  });
const follow = (): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const { path } = ModalClientService.appGetLogs;
    client.makeServerStreamRequest(path, asIs, asIs, empty).on('error', reject).on('end', resolve).resume();
  });

beforeEach(async () => {
  relayed = [];
  asked = [];
  folder = await mkdtemp(join(tmpdir(), 'socket-'));
});
afterEach(async () => {
  client.close();
  socket.close();
  await rm(folder, { recursive: true });
});

test('a container whose access is restricted has its own work, and is refused all else by name', async () => {
  await serve('none');
  await ask('clientHello');
  await ask('containerHello');
  for (const rpc of ['dictGetOrCreate', 'functionMap'] as const)
    await expect(ask(rpc)).rejects.toMatchObject({
      code: status.PERMISSION_DENIED,
      details: expect.stringContaining("containers of 'f', which has restrict_modal_access=True"),
    });
  await expect(follow()).rejects.toMatchObject({ code: status.PERMISSION_DENIED });
  expect(relayed).toEqual(['/modal.client.ModalClient/ClientHello']);
});

test('a restricted container may end itself, and no other one', async () => {
  await serve('none');
  const stop = (taskId: string): Promise<unknown> =>
    ask('containerStop', Buffer.from(ContainerStopRequest.encode({ taskId, graceful: true }).finish()));
  await stop('ta-1');
  await expect(stop('ta-2')).rejects.toMatchObject({ code: status.PERMISSION_DENIED });
  expect(asked).toEqual([['scheduler.stop-task', { workspaceId: 'ac-1', taskId: 'ta-1', how: 'drain' }]]);
});

test('any other container reaches all of the API', async () => {
  await serve();
  await ask('dictGetOrCreate');
  await follow();
  expect(relayed).toEqual([
    '/modal.client.ModalClient/DictGetOrCreate',
    '/modal.client.ModalClient/AppGetLogs',
  ]);
});

test('a message that is larger than any may be is refused with the text that clients know, and not as if there were no room', async () => {
  await serve();
  const session = connect('http://localhost', {
    createConnection: () => connectSocket(join(folder, 'socket')),
  });
  const { path } = ModalClientService.queuePut;
  const headers = { ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers' };
  const put = session.request(headers).resume();
  const announced = Buffer.alloc(5);
  announced.writeUInt32BE(128 * 1024 * 1024 + 1, 1);
  put.write(announced);
  const [end] = (await once(put, 'response')) as [IncomingHttpHeaders];
  expect(end['grpc-status']).toBe(String(status.INVALID_ARGUMENT));
  expect(decodeURIComponent(String(end['grpc-message']))).toContain("status = '413'");
  session.destroy();
});
