import { jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { RefusedError } from '@slipway/kernel';
import { ObjectClient, type ObjectTimes } from './object-client.js';
import { sendBytes } from './send-bytes.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

describe('storing bytes in the blob-store', () => {
  const content = randomBytes(3 * 1024 * 1024 + 1);
  let server: Server;
  let asked: number;
  afterEach(() => new Promise((closed) => server.close(closed).closeAllConnections()));

  /** A blob-store that answers one request after the other with these, and every later one like the last. */
  const client = async (
    answers: readonly Answer[],
    times: Partial<ObjectTimes> = {},
  ): Promise<ObjectClient> => {
    asked = 0;
    server = createServer((request, response) => {
      const answer = answers[Math.min(asked, answers.length - 1)];
      asked += 1;
      answer?.(request, response);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const waits = { patienceMs: 120_000, silenceMs: 120_000, writeSilenceMs: 120_000, ...times };
    return new ObjectClient(`http://127.0.0.1:${port}`, 'key', waits);
  };

  /** As which id and digest a blob-store would answer with the right bytes alone. */
  const stores: Answer = async (request, response) => {
    const stored = (await buffer(request)).equals(content) ? 'as it was sent' : 'something else';
    response.end(JSON.stringify({ blobId: stored, digest: stored }));
  };
  const hangsUp: Answer = (request) => request.socket.destroy();
  const hangsUpWithin: Answer = (request) => request.once('data', () => request.socket.destroy());
  const fails: Answer = async (request, response) => {
    await buffer(request);
    response.writeHead(500).end('no database');
  };
  /** Takes all of it, and neither answers nor ends the connection. */
  const saysNothing: Answer = (request) => request.resume();
  const takesNothing: Answer = () => undefined;

  test('a blob is put again while connections break, the store fails or falls silent', async () => {
    const troubles = [hangsUp, hangsUpWithin, fails, saysNothing, takesNothing, stores];
    const objects = await client(troubles, { writeSilenceMs: 3_000 });
    expect(await objects.putBlob('ours', content)).toBe('as it was sent');
    expect(asked).toBe(troubles.length);
  });

  test('a blob that is refused is not put again', async () => {
    const refuses: Answer = async (request, response) => {
      await buffer(request);
      response.writeHead(409).end('it is another');
    };
    const objects = await client([refuses]);
    await expect(objects.putBlob('ours', content)).rejects.toThrow(RefusedError);
    expect(asked).toBe(1);
  });

  test.each([
    ['takes nothing more', takesNothing],
    ['takes all of it', saysNothing],
  ])('the write of a block ends where the other end %s and says nothing', async (_how, answer) => {
    const objects = await client([answer], { writeSilenceMs: 1_000 });
    await expect(objects.putBlock(content)).rejects.toThrow(
      'the blob-store took nothing and said nothing for 1000 ms',
    );
    expect(asked).toBe(1);
  });

  test('an empty blob is one', async () => {
    const objects = await client([
      async (request, response) =>
        response.end(JSON.stringify({ blobId: `${(await buffer(request)).length} bytes` })),
    ]);
    expect(await objects.putBlob('ours', Buffer.alloc(0))).toBe('0 bytes');
  });
});

test('bytes that are taken slowly, a piece now and then, are no silence', async () => {
  jest.useFakeTimers();
  try {
    const taken: Uint8Array[] = [];
    const silent: boolean[] = [];
    const sent = sendBytes(Buffer.alloc(2 * 1024 * 1024, 'b'), 1_000, async ({ body, signal }) => {
      for await (const piece of body as AsyncIterable<Uint8Array>) {
        taken.push(piece);
        jest.advanceTimersByTime(999);
        silent.push(signal!.aborted);
      }
      jest.advanceTimersByTime(1);
      return signal!.aborted;
    });
    expect(await sent).toBe(true);
    expect(Buffer.concat(taken)).toHaveLength(2 * 1024 * 1024);
    expect(silent).toEqual(taken.map(() => false));
  } finally {
    jest.useRealTimers();
  }
});
