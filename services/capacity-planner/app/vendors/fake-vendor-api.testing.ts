import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Asked = Readonly<{ method: string; path: string; key: string; body: unknown }>;
export type Reply = Readonly<{ status: number; body?: unknown; headers?: Readonly<Record<string, string>> }>;

/** A vendor's API on loopback: answers by a table, and remembers what it was asked. */
export class FakeVendorApi {
  readonly asked: Asked[] = [];
  /** Answers given once, before the table is looked at. */
  readonly next: (Reply | 'hang-up')[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(answer: (asked: Asked) => Reply): Promise<FakeVendorApi> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const api = new FakeVendorApi(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const text = Buffer.concat(pieces).toString('utf8');
        const asked = {
          ...{ method: request.method ?? '', path: request.url ?? '' },
          key: request.headers.authorization ?? '',
          body: text === '' ? undefined : (JSON.parse(text) as unknown),
        };
        api.asked.push(asked);
        const reply = api.next.shift() ?? answer(asked);
        if (reply === 'hang-up') return void request.socket.destroy();
        response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
        response.end(reply.body === undefined ? '' : JSON.stringify(reply.body));
      });
    });
    return api;
  }

  count(method: string, path: RegExp): number {
    return this.asked.filter((asked) => asked.method === method && path.test(asked.path)).length;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}
