import type { ServerResponse } from 'node:http';
import type { RefusalKind } from '@slipway/kernel';

const STATUS: Readonly<Record<RefusalKind, number>> = {
  invalid: 400,
  'not-found': 404,
  'already-exists': 409,
  conflict: 409,
  unauthenticated: 401,
  forbidden: 403,
  exhausted: 429,
  unavailable: 503,
  unsupported: 501,
  lost: 410,
};

export type ProblemOf = Readonly<{ refused: RefusalKind; code: string; message: string }>;

/** A refusal as HTTP: RFC 9457 problem details. */
export const answerRefusal = (
  response: ServerResponse,
  { refused, code, message }: ProblemOf,
  status = code === 'range-not-satisfiable' ? 416 : STATUS[refused],
): void => {
  const body = JSON.stringify({ type: `urn:slipway:${code}`, title: code, status, detail: message });
  response.writeHead(status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
};
