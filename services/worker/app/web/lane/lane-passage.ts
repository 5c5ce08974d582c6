import { Agent } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { InputId } from '@slipway/contracts';
import type { WebExchange } from '../web-exchange.js';
import { relayHttp } from '../ways/relay-http.js';
import type { WebPassage } from '../ways/web-passage.js';
import type { LaneListener } from './lane-listener.js';

/** Hands out the connections that the lane has made, in the place of new ones. */
class LaneAgent extends Agent {
  constructor(private readonly connection: () => Promise<Socket>) {
    super({ keepAlive: true, maxFreeSockets: 4_096 });
  }

  override createConnection(
    _options: unknown,
    done?: (error: Error | null, socket: Duplex) => void,
  ): Duplex | null | undefined {
    this.connection().then(
      (socket) => done?.(null, socket),
      (error: Error) => done?.(error, undefined as never),
    );
    return undefined;
  }
}

/** Names of headers between the relay and the lane; the lane takes them off. */
const INPUT_HEADER = 'x-slipway-input';
const CALL_HEADER = 'x-slipway-call';
const METHOD_HEADER = 'x-slipway-method';

/** The way to the ASGI server that runs in the container's own event loop. */
export class LanePassage implements WebPassage {
  private readonly agent: LaneAgent;
  private readonly leaving = new Map<InputId, () => void>();

  constructor(private readonly lane: LaneListener) {
    this.agent = new LaneAgent(() => lane.connection());
  }

  relay(exchange: WebExchange): void {
    const { inputId, callId, asked } = exchange;
    relayHttp(exchange, {
      agent: this.agent,
      extraHeaders: [INPUT_HEADER, inputId, CALL_HEADER, callId, METHOD_HEADER, asked.method],
    });
  }

  cancel({ inputId }: WebExchange): Promise<void> {
    return new Promise((resolve) => {
      this.leaving.set(inputId, resolve);
      this.lane.cancel(inputId);
    });
  }

  /** The lane's word that it is done with a request. */
  ended(inputId: InputId): void {
    this.leaving.get(inputId)?.();
    this.leaving.delete(inputId);
  }

  close(): void {
    this.agent.destroy();
  }
}
