import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import {
  connect,
  constants,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
} from 'node:http2';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { refuse, RefusedError } from '@slipway/kernel';
import { BlobCreateResponse, ClientHelloResponse, DictEntry, TaskLogsBatch } from '@slipway/protocol';
import { createLogger } from '@slipway/telemetry';
import type { Authenticator } from '../access/authenticator.js';
import type { RequestGate } from '../access/request-gate.js';
import { openHttp2 } from '../public-port/open-http2.js';
import type { WebHosts } from '../public-port/web-hosts.js';
import type { WebFront } from '../web-front/web-front.js';
import type { RpcAnswers, RpcCall } from './rpc.js';
import { serveRpcs } from './serve-rpcs.js';

const KNOWN = { 'x-modal-token-id': 'ak-1', 'x-modal-token-secret': 'as-1' };
const WRONG = { 'x-modal-token-id': 'ak-1', 'x-modal-token-secret': 'as-2' };
const UNAUTHENTICATED = '16';
const MIB = 1024 * 1024;

let server: Server;
let client: ClientHttp2Session;
const answered: string[] = [];
const hosts: string[] = [];
const ended = new Set<string>();
const logsEnded = Promise.withResolvers<void>();

beforeAll(async () => {
  const grpc = serveRpcs({
    answers: {
      clientHello: async (_request: unknown, { host }: RpcCall) => {
        answered.push('clientHello');
        hosts.push(host);
        return ClientHelloResponse.fromPartial({});
      },
      blobCreate: async () => {
        answered.push('blobCreate');
        return BlobCreateResponse.fromPartial({});
      },
      appGetLogs: async function* () {
        try {
          for (;;) yield TaskLogsBatch.fromPartial({ entryId: 'x'.repeat(MIB) });
        } finally {
          ended.add('appGetLogs');
          logsEnded.resolve();
        }
      },
      dictContents: async function* () {
        try {
          for (let entry = 0; entry < 100; entry += 1)
            yield DictEntry.fromPartial({ key: Buffer.alloc(MIB / 10) });
        } finally {
          ended.add('dictContents');
        }
      },
    } as unknown as RpcAnswers,
    authenticator: {
      authenticate: async (header: (name: string) => string | undefined) => {
        if (header('x-modal-token-secret') === 'as-1') return { kind: 'token', tokenId: 'ak-1' };
        throw new RefusedError(refuse('unauthenticated', 'token-wrong', 'wrong'));
      },
    } as unknown as Authenticator,
    gate: { check: async () => undefined } as unknown as RequestGate,
    logger: createLogger('spec', 'silent'),
    interceptors: [],
    mostStalledMs: 1,
  });
  const webHosts = { read: () => ({ kind: 'api' }) } as unknown as WebHosts;
  server = createServer(openHttp2({ grpc, http: createHttpServer() }, {} as WebFront, webHosts)).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await once(client, 'remoteSettings');
});
afterAll(() => {
  client.destroy();
  server.close();
});

const begin = (rpc: string, headers: object): ClientHttp2Stream =>
  client.request({
    ':method': 'POST',
    ':path': `/modal.client.ModalClient/${rpc}`,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...headers,
  });

/** A message of so many zeros, as far as it is sent. */
const message = (announcedBytes: number, sentBytes: number): Buffer => {
  const bytes = Buffer.alloc(5 + sentBytes);
  bytes.writeUInt32BE(announcedBytes, 1);
  return bytes;
};

/** The headers with the status of an rpc, which may come before its request is whole. */
const endOf = async (stream: ClientHttp2Stream): Promise<IncomingHttpHeaders> => {
  const found = new Promise<IncomingHttpHeaders>((resolve, reject) => {
    const look = (headers: IncomingHttpHeaders): void => {
      if (headers['grpc-status'] !== undefined) resolve(headers);
    };
    stream.on('response', look).on('trailers', look).on('error', reject);
  });
  stream.resume();
  return found;
};
const statusOf = async (stream: ClientHttp2Stream): Promise<string> =>
  String((await endOf(stream))['grpc-status']);

test.each([
  ['no token', {}],
  ['a wrong one', WRONG],
])('a request with %s is refused before a byte of it is read', async (_, headers) => {
  const stream = begin('BlobCreate', headers);
  stream.write(message(100 * MIB, 1024));
  expect(await statusOf(stream)).toBe(UNAUTHENTICATED);
  stream.close();
});

test('a request with a right token is read and answered', async () => {
  const stream = begin('BlobCreate', KNOWN);
  stream.end(message(0, 0));
  expect(await statusOf(stream)).toBe('0');
  expect(answered.splice(0)).toEqual(['blobCreate']);
});

test('the host of a server is the one that the client has, in its header or as the authority of its request', async () => {
  hosts.length = 0;
  for (const headers of [
    { 'x-modal-host': 'one.example', ':authority': '127.0.0.1:80' },
    { ':authority': 'localhost:8080' },
    { ':authority': '[::1]:8080' },
  ]) {
    const stream = begin('ClientHello', headers);
    stream.end(message(0, 0));
    expect(await statusOf(stream)).toBe('0');
  }
  answered.length = 0;
  expect(hosts).toEqual(['one.example', 'localhost', '::1']);
});

test('a request that is larger than any may be is refused with the text that clients know, and not as if there were no room', async () => {
  const stream = begin('BlobCreate', KNOWN);
  stream.write(message(128 * MIB + 1, 1024));
  const end = await endOf(stream);
  expect(end['grpc-status']).toBe('3');
  expect(decodeURIComponent(String(end['grpc-message']))).toContain("status = '413'");
  stream.close();
});

test('without a token a client may say hello, in few words', async () => {
  const hello = begin('ClientHello', {});
  hello.end(message(0, 0));
  expect(await statusOf(hello)).toBe('0');
  expect(answered.splice(0)).toEqual(['clientHello']);
  const long = begin('ClientHello', {});
  const closed = new Promise((ended) => long.once('close', ended));
  long.on('error', () => undefined);
  long.end(message(MIB, MIB));
  await closed;
  expect(long.rstCode).toBe(constants.NGHTTP2_ENHANCE_YOUR_CALM);
  expect(answered).toEqual([]);
});

test('a connection has room for thousands of parked polls, and not for any number', () => {
  expect(client.remoteSettings.maxConcurrentStreams).toBe(8192);
});

test('logs of which a client takes nothing any more are ended, what would be missed is not', async () => {
  const entries = begin('DictContents', KNOWN);
  entries.end(message(0, 0));
  await once(entries, 'response');
  const logs = begin('AppGetLogs', KNOWN);
  logs.end(message(0, 0));
  await once(logs, 'response');
  await logsEnded.promise;
  logs.close();
  expect(ended).toEqual(new Set(['appGetLogs']));
  let bytes = 0;
  entries.on('data', (chunk: Buffer) => (bytes += chunk.length));
  expect(await statusOf(entries)).toBe('0');
  expect(bytes).toBeGreaterThan(9 * MIB);
});
