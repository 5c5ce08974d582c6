import { once } from 'node:events';
import { STATUS_CODES } from 'node:http';
import { RELAY_HEADERS } from '@slipway/contracts';
import { passTrailers } from '../pass-trailers.js';
import type { WebExchange } from '../web-exchange.js';
import { emptyRequestEvent, flatText, requestEvent, type AsgiEvent, type BridgeCall } from './bridge-call.js';

/** A plain request as ASGI events. */
export class HttpCall implements BridgeCall {
  private trailersFollow = false;

  constructor(readonly exchange: WebExchange) {}

  async *events(): AsyncGenerator<AsgiEvent> {
    const { exchange } = this;
    const { request } = exchange;
    if (exchange.hasBody) {
      // The runtime gives up on a request of which it hears nothing for 5 s.
      yield emptyRequestEvent(true);
      try {
        for await (const chunk of request.iterator({ destroyOnReturn: false }))
          yield requestEvent(chunk as Buffer, true);
      } catch {
        // Whoever sent it hung up: told below.
      }
    }
    if (request.complete || !exchange.hasBody) yield emptyRequestEvent(false);
    await exchange.closed;
    yield { $case: 'httpDisconnect', value: {} };
  }

  async hear(event: AsgiEvent): Promise<void> {
    const { exchange } = this;
    const { answer, over } = exchange;
    if (over.aborted) return;
    switch (event.$case) {
      case 'httpResponseStart': {
        const { status, headers, trailers } = event.value;
        this.trailersFollow = trailers;
        exchange.startAnswer(status, STATUS_CODES[status] ?? '', flatText(headers));
        return;
      }
      case 'httpResponseBody': {
        const { body, moreBody } = event.value;
        const room = body.length === 0 || answer.write(body);
        if (!moreBody && !this.trailersFollow) answer.end();
        else if (!room) await Promise.race([once(answer, 'drain'), exchange.closed]);
        return;
      }
      case 'httpResponseTrailers': {
        passTrailers(flatText(event.value.headers), answer);
        if (!event.value.moreTrailers) answer.end();
        return;
      }
      default:
        // An app may send what an HTTP server does not know; servers leave that out.
        return;
    }
  }

  end(result: 'success' | 'failure'): void {
    const { exchange } = this;
    const { answer, over } = exchange;
    if (over.aborted || answer.writableEnded) return;
    if (answer.headersSent) return void exchange.socket.destroy();
    const reason =
      result === 'failure'
        ? "the app failed before it answered; the function's log says why"
        : 'the app ended without an answer';
    answer.writeHead(500, { 'content-type': 'application/json', [RELAY_HEADERS.outcome]: 'user' });
    answer.end(JSON.stringify({ reason }));
  }
}
