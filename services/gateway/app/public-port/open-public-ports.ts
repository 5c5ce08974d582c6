import { readFileSync } from 'node:fs';
import type { Server as HttpServer } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Server as GrpcServer } from '@grpc/grpc-js';
import type { Logger } from '@slipway/telemetry';
import type { GatewayConfig } from '../config.js';
import type { WebFront } from '../web-front/web-front.js';
import { Certificates } from './certificates.js';
import { speaksHttp2 } from './first-bytes.js';
import { openHttp1 } from './open-http1.js';
import { openHttp2 } from './open-http2.js';
import { WebHosts } from './web-hosts.js';

type ListenAt = Readonly<{ port: number; host: string }> | Readonly<{ fd: number }>;

export type PublicServers = Readonly<{
  grpc: GrpcServer;
  http: HttpServer;
  web: WebFront;
  logger: Pick<Logger, 'info' | 'warn'>;
}>;

type Settings = Pick<
  GatewayConfig,
  'host' | 'port' | 'listenFd' | 'tls' | 'publicUrl' | 'webDomain' | 'certificatesFolder'
>;

const KEEP_ALIVE_MS = 30_000;

/**
 * Listens for clients: gRPC, the API and web endpoints on one port without TLS and, where a certificate is given, on another
 * with it. HTTP/1.1 and HTTP/2 on both; whom a request is for is said by its host.
 */
export const openPublicPorts = async (
  { grpc, http, web, logger }: PublicServers,
  settings: Settings,
): Promise<readonly Server[]> => {
  const { host, port, listenFd, tls, certificatesFolder } = settings;
  const hosts = new WebHosts(settings);
  const http1 = openHttp1(http, web, hosts);
  const takeHttp2 = openHttp2({ grpc, http }, web, hosts);
  const accept = (socket: Socket): void => {
    socket.on('error', () => undefined);
    socket.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_MS);
    speaksHttp2(socket, (http2) => {
      if (http2) takeHttp2(socket);
      else http1.emit('connection', socket);
    });
  };
  const listening = [
    listen(createTcpServer(accept), listenFd === undefined ? { port, host } : { fd: listenFd }),
  ];
  if (tls) {
    const certificates =
      certificatesFolder === undefined ? undefined : new Certificates(certificatesFolder, logger);
    const server = createTlsServer(
      {
        cert: readFileSync(tls.certificateFile),
        key: readFileSync(tls.keyFile),
        ALPNProtocols: ['h2', 'http/1.1'],
        minVersion: 'TLSv1.2',
        // Nothing found: the certificate of the gateway itself.
        SNICallback: (name, found) => found(null, certificates?.find(name)),
      },
      accept,
    );
    listening.push(listen(server, { port: tls.port, host }));
  }
  return Promise.all(listening);
};

const listen = (server: Server, at: ListenAt): Promise<Server> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(at, () => resolve(server));
  });
