import { once } from 'node:events';
import { createServer as createHttp2Server, type ServerHttp2Stream } from 'node:http2';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { WorkerRouters } from './worker-routers.js';

const listening = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

test('a command in a worker that has gone silent without ending its connection fails', async () => {
  const worker = createHttp2Server();
  const workerPort = await listening(worker as unknown as Server);
  const ends: Socket[] = [];
  const network = createServer((gateway) => {
    const ahead = connect(workerPort, '127.0.0.1');
    ends.push(gateway, ahead);
    gateway.pipe(ahead).pipe(gateway);
  });
  const routerAddress = `127.0.0.1:${await listening(network)}`;
  const routers = new WorkerRouters(
    { request: async () => ({ state: 'running', routerAddress }) as never },
    { 'grpc.keepalive_time_ms': 50, 'grpc.keepalive_timeout_ms': 50 },
  );
  const client = await routers.find({ taskId: 'ta-1', workspaceId: 'ws-1' } as never);
  const asIs = (bytes: Buffer): Buffer => bytes;
  const command = client.makeServerStreamRequest('/a/b', asIs, asIs, Buffer.alloc(0), new Metadata());
  command.on('data', () => undefined);
  const failed = once(command, 'end').then(
    () => undefined,
    (error: ServiceError) => error.code,
  );
  const [stream] = (await once(worker, 'stream')) as [ServerHttp2Stream];
  stream.on('error', () => undefined);
  // The host has lost its power: nothing comes through any more, and nobody says so.
  ends.forEach((end) => end.unpipe().pause());
  expect(await failed).toBe(status.UNAVAILABLE);
  routers.close();
  ends.forEach((end) => end.destroy());
  network.close();
  worker.close();
});
