import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The only paths of the blob-store that containers reach: signed ones, which carry their own permission. */
const SIGNED_PATHS = /^\/(?:blobs|volume-uploads|volume-blocks)\/[^\s]*$/;
const METHODS = new Set(['GET', 'HEAD', 'PUT', 'POST']);
/** What one container may send that must not be believed, or is about this hop alone. */
const DROPPED_HEADER = /^(host|connection|x-slipway-.*)$/;

const forward = (from: IncomingMessage, to: ServerResponse, blobStore: URL): void => {
  const path = from.url ?? '';
  if (!SIGNED_PATHS.test(path) || path.includes('..') || !METHODS.has(from.method ?? '')) {
    to.writeHead(404).end();
    return;
  }
  const headers = Object.fromEntries(
    Object.entries(from.headers).filter(([name]) => !DROPPED_HEADER.test(name)),
  );
  const ahead = request(
    {
      host: blobStore.hostname,
      port: blobStore.port || 80,
      method: from.method,
      path,
      headers,
      // A connection of its own: one that is kept may have been closed at the other end just now, and a body is not sent twice.
      agent: false,
    },
    (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
      answer.once('error', () => to.destroy());
    },
  );
  ahead.once('error', () => {
    if (to.headersSent) return to.destroy();
    // Who still sends is to hear it: what nobody reads would hold the sender for ever.
    from.unpipe(ahead).resume();
    to.writeHead(502).end('the blob-store does not answer');
  });
  to.once('close', () => ahead.destroy());
  from.pipe(ahead);
};

export type BlobRelay = Readonly<{ port: number; close: () => Promise<void> }>;

/** Listens on the worker's address in its containers' network and streams signed uploads and downloads to the blob-store. */
export const startBlobRelay = async (address: string, blobStoreUrl: string): Promise<BlobRelay> => {
  const blobStore = new URL(blobStoreUrl);
  const server: Server = createServer((from, to) => forward(from, to, blobStore));
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, address, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
