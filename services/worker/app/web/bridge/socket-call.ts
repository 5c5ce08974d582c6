import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { headerPairs } from '@slipway/worker-core';
import type { WebExchange } from '../web-exchange.js';
import { flatText, type AsgiEvent, type BridgeCall } from './bridge-call.js';
import { EventQueue } from './event-queue.js';

const QUEUED_MESSAGES = 32;
/** The client's own limit for one message to a container. */
const LARGEST_MESSAGE_BYTES = 16 * 1024 * 1024;
const CLOSED_WITHOUT_WORD = 1006;
const INTERNAL_ERROR = 1011;

const bytesOf = (data: RawData): Buffer =>
  Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data);

/** A WebSocket as ASGI events. The handshake is answered when the app has agreed to it. */
export class SocketCall implements BridgeCall {
  private socket: WebSocket | undefined;
  private readonly received = new EventQueue<AsgiEvent>(QUEUED_MESSAGES, {
    full: () => this.socket?.pause(),
    emptied: () => this.socket?.resume(),
  });

  constructor(readonly exchange: WebExchange) {
    this.received.push({ $case: 'websocketConnect', value: {} });
    void exchange.closed.then(() => this.disconnect(CLOSED_WITHOUT_WORD));
  }

  events(): AsyncIterable<AsgiEvent> {
    return this.received;
  }

  async hear(event: AsgiEvent): Promise<void> {
    switch (event.$case) {
      case 'websocketAccept':
        return this.accept(event.value.subprotocol, flatText(event.value.headers));
      case 'websocketSend': {
        const { content } = event.value;
        if (content !== undefined) await this.send(content.value);
        return;
      }
      case 'websocketClose': {
        if (this.socket === undefined) return this.refuse(403);
        this.socket.close(event.value.code ?? 1000, event.value.reason);
        return;
      }
      default:
        return;
    }
  }

  end(result: 'success' | 'failure'): void {
    if (this.socket !== undefined) this.socket.close(result === 'success' ? 1000 : INTERNAL_ERROR);
    else if (!this.exchange.answer.headersSent) this.refuse(result === 'success' ? 403 : 500);
  }

  private accept(subprotocol: string | undefined, headers: readonly string[]): void {
    const { request, answer, socket, asked } = this.exchange;
    if (this.socket !== undefined || socket.destroyed) return;
    const server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: LARGEST_MESSAGE_BYTES,
      handleProtocols: () => subprotocol ?? false,
    });
    server.on('headers', (lines) => {
      for (const [name, value] of headerPairs(this.exchange.userHeaders(headers)))
        lines.push(`${name}: ${value.replaceAll(/[\r\n]/g, ' ')}`);
    });
    answer.detachSocket(socket);
    server.handleUpgrade(request, socket, asked.firstBytes, (opened) => {
      this.socket = opened;
      opened.on('message', (data, isBinary) => {
        const bytes = bytesOf(data);
        this.received.push({
          $case: 'websocketReceive',
          value: {
            content: isBinary
              ? { $case: 'bytes', value: bytes }
              : { $case: 'text', value: bytes.toString('utf8') },
          },
        });
      });
      opened.on('close', (code) => this.disconnect(code));
      opened.on('error', () => undefined);
    });
  }

  private send(message: string | Uint8Array): Promise<void> {
    const { socket } = this;
    if (socket === undefined) return Promise.resolve();
    return new Promise((resolve) => socket.send(message, () => resolve()));
  }

  private refuse(status: 403 | 500): void {
    this.exchange.startAnswer(status, '', ['content-length', '0']);
    this.exchange.answer.end();
  }

  private disconnect(code: number): void {
    this.received.push({ $case: 'websocketDisconnect', value: { code } });
    this.received.end();
  }
}
