import type { Payload } from './payload.js';

/** Formats of the bytes that user code exchanges. */
export type DataFormat = 'pickle' | 'cbor' | 'generator-done' | 'asgi';

/** How the run of one input ended; told apart so that a person can act on it. */
export type OutcomeKind =
  | 'success'
  | 'user-error'
  | 'timeout'
  | 'cancelled'
  | 'init-failure'
  | 'out-of-memory'
  | 'disk-full'
  | 'host-lost'
  | 'platform-error';

/** The end of an input. User errors carry the pickled exception as their payload, with a text for those who cannot read it. */
export type Outcome = Readonly<{
  kind: OutcomeKind;
  dataFormat?: DataFormat;
  payload?: Payload;
  exception?: string;
  traceback?: string;
  serializedTraceback?: string;
  tracebackLineCache?: string;
}>;
