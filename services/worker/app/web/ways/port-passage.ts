import { Agent } from 'node:http';
import { connect, type ClientHttp2Session } from 'node:http2';
import type { WebExchange } from '../web-exchange.js';
import { awaitPort } from './await-port.js';
import { relayH2c } from './relay-h2c.js';
import { relayHttp } from './relay-http.js';
import type { WebPassage } from './web-passage.js';

/** Servers close idle connections as they please; before most of them do, we do. */
const IDLE_MS = 1_000;

/** The way to a server that user code started: the container's own address and the port that the definition names. */
export class PortPassage implements WebPassage {
  private readonly agent = new Agent({ keepAlive: true, timeout: IDLE_MS, maxFreeSockets: 1_024 });
  private session: ClientHttp2Session | undefined;

  constructor(
    private readonly server: Readonly<{ address: string; port: number; protocol: 'http/1.1' | 'h2c' }>,
  ) {}

  relay(exchange: WebExchange): void {
    const { address, port, protocol } = this.server;
    // Whoever asks for a WebSocket asks in HTTP/1.1, and has it so.
    const isUpgrade = exchange.asked.kind === 'websocket';
    // Who refuses an upgrade may take the bytes behind it for the next request.
    const agent = isUpgrade ? false : this.agent;
    if (protocol === 'http/1.1' || isUpgrade) relayHttp(exchange, { agent, host: address, port });
    else relayH2c(exchange, this.connected(), `${address}:${port}`);
  }

  /** Settles when the server takes connections: true, or false where `signal` ended the wait first. */
  listens(signal: AbortSignal): Promise<boolean> {
    return awaitPort(this.server.address, this.server.port, signal);
  }

  /** What a server does with a request whose connection is gone is its own affair. */
  cancel(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    this.agent.destroy();
    this.session?.destroy();
  }

  private connected(): ClientHttp2Session {
    if (this.session !== undefined && !this.session.closed && !this.session.destroyed) return this.session;
    const session = connect(`http://${this.server.address}:${this.server.port}`);
    // Each stream tells of it too.
    session.on('error', () => undefined);
    session.on('goaway', () => session.close());
    this.session = session;
    return session;
  }
}
