import { readFileSync } from 'node:fs';
import type { Server as HttpServer } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { ServerCredentials, type Server as GrpcServer } from '@grpc/grpc-js';
import type { GatewayConfig } from '../config.js';
import { speaksHttp2 } from './first-bytes.js';

type ListenAt = Readonly<{ port: number; host: string }> | Readonly<{ fd: number }>;

export type PublicServers = Readonly<{ grpc: GrpcServer; http: HttpServer }>;

const KEEP_ALIVE_MS = 30_000;

/** Listens for clients: gRPC without TLS and HTTP/1.1 on one port and, where a certificate is given, both over TLS on another. */
export const openPublicPorts = async (
  { grpc, http }: PublicServers,
  { host, port, listenFd, tls }: Pick<GatewayConfig, 'host' | 'port' | 'listenFd' | 'tls'>,
): Promise<readonly Server[]> => {
  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure());
  const accept = (socket: Socket): void => {
    socket.on('error', () => undefined);
    socket.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_MS);
    speaksHttp2(socket, (http2) => {
      if (http2) injector.injectConnection(socket);
      else http.emit('connection', socket);
    });
  };
  const listening = [
    listen(createTcpServer(accept), listenFd === undefined ? { port, host } : { fd: listenFd }),
  ];
  if (tls)
    listening.push(
      listen(
        createTlsServer(
          {
            cert: readFileSync(tls.certificateFile),
            key: readFileSync(tls.keyFile),
            ALPNProtocols: ['h2', 'http/1.1'],
            minVersion: 'TLSv1.2',
          },
          accept,
        ),
        { port: tls.port, host },
      ),
    );
  return Promise.all(listening);
};

const listen = (server: Server, at: ListenAt): Promise<Server> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(at, () => resolve(server));
  });
