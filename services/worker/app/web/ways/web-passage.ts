import type { WebExchange } from '../web-exchange.js';

/** One way into a container, from its readiness to its end. */
export interface WebPassage {
  /** Takes a request to the app and its answer back. Every exchange is answered or broken off, none is forgotten. */
  relay(exchange: WebExchange): void;
  /** Tells the app to leave a request whose time is over; settles when it has, and not at all where that is not known. */
  cancel(exchange: WebExchange): Promise<void>;
  close(): void;
}
