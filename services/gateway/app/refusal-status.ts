import { status } from '@grpc/grpc-js';
import type { RefusalKind } from '@slipway/kernel';

/** What each kind of refusal is called in gRPC and in HTTP. */
export const REFUSAL_STATUS: Readonly<Record<RefusalKind, Readonly<{ grpc: status; http: number }>>> = {
  invalid: { grpc: status.INVALID_ARGUMENT, http: 400 },
  'not-found': { grpc: status.NOT_FOUND, http: 404 },
  'already-exists': { grpc: status.ALREADY_EXISTS, http: 409 },
  conflict: { grpc: status.FAILED_PRECONDITION, http: 409 },
  unauthenticated: { grpc: status.UNAUTHENTICATED, http: 401 },
  forbidden: { grpc: status.PERMISSION_DENIED, http: 403 },
  exhausted: { grpc: status.RESOURCE_EXHAUSTED, http: 429 },
  unavailable: { grpc: status.UNAVAILABLE, http: 503 },
  unsupported: { grpc: status.UNIMPLEMENTED, http: 501 },
  lost: { grpc: status.DATA_LOSS, http: 410 },
};
