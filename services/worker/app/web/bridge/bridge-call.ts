import type { Asgi } from '@slipway/protocol';
import type { WebExchange } from '../web-exchange.js';

export type AsgiEvent = NonNullable<Asgi['type']>;

/** One request in the words of ASGI, as the client's runtime reads and says them. */
export interface BridgeCall {
  readonly exchange: WebExchange;
  /** What the app receives, in order; ends when nothing can follow. */
  events(): AsyncIterable<AsgiEvent>;
  /** What the app sends; settles when the other side has room for more. */
  hear(event: AsgiEvent): Promise<void>;
  /** The app's callable has returned, or raised. */
  end(result: 'success' | 'failure'): void;
}

const EMPTY = Buffer.alloc(0);

export const requestEvent = (body: Buffer, moreBody: boolean): AsgiEvent => ({
  $case: 'httpRequest',
  value: { body, moreBody },
});
export const emptyRequestEvent = (moreBody: boolean): AsgiEvent => requestEvent(EMPTY, moreBody);

/** Names and values as the protocol has them, by turns. */
export const flatText = (headers: readonly Uint8Array[]): string[] =>
  headers.map((bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
