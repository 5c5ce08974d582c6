import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { CorruptedObjectError, parseDigest, type BlobStore, type User } from '@slipway/blob-store-core';
import type { WorkspaceId } from '@slipway/contracts';
import { accepted, refuse, RefusedError } from '@slipway/kernel';
import type { Logger } from '@slipway/telemetry';
import { answerRefusal } from './answer-refusal.js';
import { endWhenSilent } from './end-when-silent.js';
import { routeOf, type Route } from './route.js';
import { sendBlock } from './send-block.js';
import { sendObject } from './send-object.js';

export type BytesServerConfig = Readonly<{
  port: number;
  host: string;
  listenFd?: number;
  internalKey: string;
  /** For how long a client's upload may send nothing. */
  silentMs?: number;
}>;

/** Connections stay open between requests: those who ask keep theirs for a shorter time, so none closes under a request. */
const IDLE_MS = 75_000;
const SILENT_MS = 60_000;
const MOST_COMPLETION_BYTES = 4 * 1024 * 1024;

/** The HTTP side of the store: bodies stream in and out, at the speed of the slower end. */
export class BytesServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly server: Server;

  constructor(
    private readonly store: BlobStore,
    private readonly config: BytesServerConfig,
    private readonly logger: Logger,
  ) {
    this.server = createServer(
      { requestTimeout: 0, keepAliveTimeout: IDLE_MS, headersTimeout: 2 * IDLE_MS },
      (request, response) => void this.serve(request, response),
    );
  }

  /** The port that it listens on. */
  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  async onApplicationBootstrap(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      const { port, host, listenFd } = this.config;
      this.server.listen(listenFd === undefined ? { port, host } : { fd: listenFd }, resolve);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeIdleConnections();
      setTimeout(() => this.server.closeAllConnections(), 5_000).unref();
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET';
    try {
      const url = new URL(request.url ?? '/', 'http://store');
      const route = routeOf(method, url);
      if (!route)
        throw new RefusedError(
          refuse('not-found', 'no-such-path', `${method} ${url.pathname} does not exist`),
        );
      this.letIn(route, request, url);
      if (route.side === 'signed' && method !== 'GET' && method !== 'HEAD')
        endWhenSilent(request, this.config.silentMs ?? SILENT_MS);
      await this.answer(route, request, response);
    } catch (error) {
      this.answerError(error, request, response);
    }
  }

  private letIn(route: Route, request: IncomingMessage, url: URL): void {
    if (route.side === 'internal') {
      if (sameSecret(String(request.headers['x-slipway-internal-key'] ?? ''), this.config.internalKey))
        return;
      throw new RefusedError(
        refuse('unauthenticated', 'internal-key-wrong', 'x-slipway-internal-key is missing or wrong'),
      );
    }
    const refusal = this.store.checkSignature({
      method: request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET'),
      path: url.pathname,
      expires: url.searchParams.get('expires') ?? '',
      signature: url.searchParams.get('signature') ?? '',
    });
    if (refusal) throw new RefusedError(refusal);
  }

  private async answer(route: Route, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { blobs, shelf } = this.store;
    const md5 = request.headers['content-md5'] as string | undefined;
    switch (route.action) {
      case 'put-object': {
        const sha256Hex = route.digest === undefined ? undefined : accepted(parseDigest(route.digest));
        const { digest, sizeBytes } = await shelf.put(request, {
          kept: route.kept,
          ...(route.usedBy !== undefined && { usedBy: route.usedBy as User }),
          expected: sha256Hex === undefined ? {} : { sha256Hex },
        });
        return answerJson(response, { digest, sizeBytes });
      }
      case 'get-object':
        return sendObject(this.store, accepted(parseDigest(route.digest)), request, response);
      case 'put-blob':
        if (route.workspaceId === '')
          throw new RefusedError(refuse('invalid', 'workspace-missing', 'the query has no workspaceId'));
        return answerJson(response, {
          blobId: await blobs.putInternal(route.workspaceId as WorkspaceId, request),
        });
      case 'get-blob':
      case 'download':
        return sendObject(this.store, (await blobs.stored(route.blobId)).digest, request, response);
      case 'upload':
        return answerETag(response, await blobs.upload(route.blobId, request, md5));
      case 'upload-part':
        return answerETag(response, await blobs.uploadPart(route.blobId, route.partNumber, request, md5));
      case 'complete':
        return answerCompletion(response, await blobs.complete(route.blobId, await smallText(request)));
      case 'put-block': {
        const digest = accepted(parseDigest(route.digest));
        await this.store.volumeBlocks.put(route.workspaceId, digest, request);
        return answerJson(response, { digest });
      }
      case 'get-block':
        return sendBlock(this.store, accepted(parseDigest(route.digest)), route, request, response);
      default:
        return route satisfies never;
    }
  }

  private answerError(error: unknown, request: IncomingMessage, response: ServerResponse): void {
    const where = { method: request.method, path: request.url?.split('?')[0] };
    if (error instanceof CorruptedObjectError)
      this.logger.error({ ...where, err: error }, 'corrupted object');
    else if (!(error instanceof RefusedError) && !request.destroyed && !response.destroyed)
      this.logger.error({ ...where, err: error }, 'request failed');
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    // What is left of a body that nobody reads would be taken for the next request.
    if (!request.complete) response.setHeader('connection', 'close');
    if (error instanceof RefusedError) answerRefusal(response, error.refusal);
    else if (error instanceof CorruptedObjectError)
      answerRefusal(
        response,
        { refused: 'unavailable', code: 'object-corrupted', message: error.message },
        500,
      );
    else
      answerRefusal(
        response,
        {
          refused: 'unavailable',
          code: 'fault',
          message: 'the blob-store failed; its log says how. Try again.',
        },
        500,
      );
    request.resume();
  }
}

const sameSecret = (given: string, secret: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
};

const answerJson = (response: ServerResponse, value: unknown): void => {
  const body = JSON.stringify(value);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
};

const answerETag = (response: ServerResponse, md5Hex: string): void => {
  response.writeHead(200, { etag: `"${md5Hex}"`, 'content-length': 0 });
  response.end();
};

const answerCompletion = (response: ServerResponse, etag: string): void => {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<CompleteMultipartUploadResult><ETag>"${etag}"</ETag></CompleteMultipartUploadResult>`;
  response.writeHead(200, { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(body) });
  response.end(body);
};

const smallText = async (request: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = [];
  let sizeBytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    sizeBytes += piece.length;
    if (sizeBytes > MOST_COMPLETION_BYTES)
      throw new RefusedError(
        refuse('invalid', 'completion-too-large', `a completion has at most ${MOST_COMPLETION_BYTES} bytes`),
      );
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
};
