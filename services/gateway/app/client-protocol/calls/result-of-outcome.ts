import type { Outcome, OutcomeKind } from '@slipway/contracts';
import { GenericResult_GenericStatus as Status, type GenericResult } from '@slipway/protocol';

/** Failures that the client shows with their text are FAILURE; an INTERNAL_FAILURE it takes for ours. */
const STATUS: Readonly<Record<OutcomeKind, Status>> = {
  success: Status.SUCCESS,
  'user-error': Status.FAILURE,
  timeout: Status.TIMEOUT,
  cancelled: Status.TERMINATED,
  'init-failure': Status.INIT_FAILURE,
  'out-of-memory': Status.FAILURE,
  'disk-full': Status.FAILURE,
  'host-lost': Status.INTERNAL_FAILURE,
  'platform-error': Status.INTERNAL_FAILURE,
};

/** A container that gives up a cancelled input says nothing about it. */
const wordsFor = (outcome: Outcome): string =>
  outcome.exception ?? (outcome.kind === 'cancelled' ? 'the input was cancelled' : '');

const bytes = (base64: string | undefined): Buffer => Buffer.from(base64 ?? '', 'base64');

/** How an input ended, as clients read it. `data` is what its payload came to: bytes, or a blob that the client fetches. */
export const resultOfOutcome = (outcome: Outcome, data: GenericResult['dataOneof']): GenericResult => ({
  status: STATUS[outcome.kind],
  exception: wordsFor(outcome),
  exitcode: 0,
  traceback: outcome.traceback ?? '',
  dataOneof: data,
  serializedTb: bytes(outcome.serializedTraceback),
  tbLineCache: bytes(outcome.tracebackLineCache),
  propagationReason: '',
});
