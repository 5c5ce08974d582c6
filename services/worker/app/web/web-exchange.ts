import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { RELAY_HEADERS, type CallId, type InputId, type RelayOutcome } from '@slipway/contracts';
import { randomId } from '@slipway/protocol';
import { forwardedHeaders, refusalStatus } from '@slipway/worker-core';

export type WebRequest = Readonly<{
  kind: 'http' | 'websocket';
  request: IncomingMessage;
  answer: ServerResponse;
  /** Bytes that came with the head of an upgrade. */
  firstBytes: Buffer;
  /** The method of a class that is asked; '' for a function. */
  method: string;
}>;

/** One for all: every request is over once, and an error of its own costs more than all else at its end. */
const OVER = new Error('nobody waits for the answer any more');

/** One request inside a container, from its admission until its connection is free or gone. */
export class WebExchange {
  /** What user code is told of the request, and what its output is filed under. */
  readonly inputId = randomId('in') as InputId;
  readonly callId = randomId('fc') as CallId;
  readonly headers: string[];
  /** Settles when the other side has all of the answer, or is gone. */
  readonly closed: Promise<void>;
  private readonly cameAt = performance.now();
  private readonly leaving = new AbortController();

  constructor(readonly asked: WebRequest) {
    this.headers = forwardedHeaders(asked.request.rawHeaders);
    const ending = asked.kind === 'http' ? asked.answer : asked.request.socket;
    this.closed = new Promise((resolve) =>
      ending.once('close', () => {
        resolve();
        this.leaving.abort(OVER);
      }),
    );
    // A connection that breaks is told by its close.
    asked.request.on('error', () => undefined);
    asked.answer.on('error', () => undefined);
  }

  get request(): IncomingMessage {
    return this.asked.request;
  }

  get answer(): ServerResponse {
    return this.asked.answer;
  }

  get socket(): Socket {
    return this.asked.request.socket;
  }

  /** Aborts when nobody waits for the answer any more. */
  get over(): AbortSignal {
    return this.leaving.signal;
  }

  get hasBody(): boolean {
    const { headers } = this.request;
    if (this.asked.kind === 'websocket') return false;
    return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  }

  /** Headers of an answer by the user's app, as the gateway gets them. */
  userHeaders(flat: readonly string[]): string[] {
    const tookMs = (performance.now() - this.cameAt).toFixed(1);
    return [
      ...forwardedHeaders(flat),
      RELAY_HEADERS.outcome,
      'user',
      RELAY_HEADERS.timing,
      `app;dur=${tookMs}`,
    ];
  }

  /** False where it was answered already, as by the end of its time: what the app says then is too late. */
  startAnswer(status: number, message: string, flat: readonly string[]): boolean {
    if (this.answer.headersSent) return false;
    this.answer.writeHead(status, message, this.userHeaders(flat));
    // Whoever streams wants its head to be seen before its first byte; where that is here already, both go as one.
    setImmediate(() => this.answer.flushHeaders());
    return true;
  }

  /** A handler of what one side says: what cannot be passed on to the other is a failure of this exchange, never of the process. */
  guarded<Said extends readonly unknown[]>(handle: (...said: Said) => void): (...said: Said) => void {
    return (...said) => {
      try {
        handle(...said);
      } catch (error) {
        const because = error instanceof Error ? error.message : String(error);
        this.fail('failed', `what was said cannot be passed on: ${because}`);
      }
    };
  }

  /** The relay's own answer; where the app has begun to answer, the connection breaks, which says the same. */
  fail(outcome: Exclude<RelayOutcome, 'user'>, reason: string): void {
    if (this.answer.headersSent || this.answer.destroyed || this.over.aborted)
      return void this.socket.destroy();
    refuseRequest(this.answer, outcome, reason);
  }
}

export const refuseRequest = (
  answer: ServerResponse,
  outcome: Exclude<RelayOutcome, 'user'>,
  reason: string,
): void => {
  const body = JSON.stringify({ reason });
  answer.writeHead(refusalStatus(outcome), {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    [RELAY_HEADERS.outcome]: outcome,
    // What is left of the request is not read, so nothing can follow it on this connection.
    connection: 'close',
  });
  answer.end(body);
};
