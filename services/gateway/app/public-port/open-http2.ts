import {
  createServer,
  type Http2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';
import { ServerCredentials, type Server as GrpcServer } from '@grpc/grpc-js';
import { isAskedByNobody } from '../client-protocol/open-rpcs.js';
import { failStream, serveHttp2Socket } from '../web-front/serve-http2-socket.js';
import { serveRequest } from '../web-front/serve-request.js';
import type { Answer } from '../web-front/answer.js';
import type { WebFront } from '../web-front/web-front.js';
import { closeBeyond } from './close-beyond.js';
import type { WebHosts } from './web-hosts.js';

/** What a client without a token asks is a line or two. */
const MOST_BYTES_OF_NOBODY = 64 * 1024;

type OnStream = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, ...rest: unknown[]) => void;

/** The HTTP/2 server that a gRPC server keeps to itself: its injector is the only other door, and shows no streams. */
const innerServer = (grpc: GrpcServer): Http2Server => {
  const { http2Servers } = grpc as unknown as { http2Servers: Map<Http2Server, unknown> };
  const [inner] = [...http2Servers.keys()].slice(-1);
  if (inner === undefined) throw new Error('the gRPC server has no HTTP/2 server of its own');
  return inner;
};

/** HTTP/2 without a port of its own: rpcs, the API and web endpoints on one connection, each stream where its authority says. */
export const openHttp2 = (
  { grpc, http: api }: Readonly<{ grpc: GrpcServer; http: HttpServer }>,
  front: WebFront,
  hosts: WebHosts,
): ((socket: Socket) => void) => {
  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure());
  const inner = innerServer(grpc);
  // WebSockets over HTTP/2 (RFC 8441).
  inner.updateSettings({ enableConnectProtocol: true });
  const rpcs = inner.listeners('stream') as OnStream[];
  inner.removeAllListeners('stream');
  const http = createServer((incoming, answer) => api.emit('request', incoming, answer));
  const web = createServer((incoming: Http2ServerRequest, answer: Http2ServerResponse) => {
    const host = hosts.read(incoming.authority);
    if (host.kind === 'api') return;
    void serveRequest(front, host.host, incoming as unknown as IncomingMessage, answer as unknown as Answer);
  });
  const onStream: OnStream = (stream, headers, ...rest) => {
    const toRpcs = (): void => {
      rpcs.forEach((rpc) => rpc.call(inner, stream, headers, ...rest));
      if (isAskedByNobody(headers[':path'] ?? '', (name) => headers[name]?.toString()))
        closeBeyond(stream, MOST_BYTES_OF_NOBODY);
    };
    const toApi = (): void => {
      if (isRpc(headers)) toRpcs();
      else http.emit('stream', stream, headers, ...rest);
    };
    const host = hosts.read(headers[':authority'] ?? headers.host);
    if (host.kind === 'api') return toApi();
    const toWeb = (): void => {
      if (headers[':method'] === 'CONNECT') void serveHttp2Socket(front, host.host, stream, headers);
      else web.emit('stream', stream, headers, ...rest);
    };
    if (host.kind === 'label') return toWeb();
    // A domain may be this gateway's own, or somebody's.
    const hasLeft = (): boolean => stream.destroyed;
    void front.isKnown(host.host, hasLeft).then(
      (isKnown) => (isKnown ? toWeb() : toApi()),
      (error: unknown) => failStream(stream, front.trouble(error), front.newRequestId()),
    );
  };
  inner.on('stream', onStream);
  return (socket) => injector.injectConnection(socket);
};

const isRpc = (headers: IncomingHttpHeaders): boolean =>
  headers['content-type']?.startsWith('application/grpc') === true;
