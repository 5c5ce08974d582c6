import { status, type ServiceError } from '@grpc/grpc-js';
import { RefusedError, type RefusalKind } from '@slipway/kernel';
import { BusUnavailableError } from '@slipway/messaging';

const STATUS_OF_REFUSAL: Readonly<Record<RefusalKind, status>> = {
  invalid: status.INVALID_ARGUMENT,
  'not-found': status.NOT_FOUND,
  'already-exists': status.ALREADY_EXISTS,
  conflict: status.FAILED_PRECONDITION,
  unauthenticated: status.UNAUTHENTICATED,
  forbidden: status.PERMISSION_DENIED,
  exhausted: status.RESOURCE_EXHAUSTED,
  unavailable: status.UNAVAILABLE,
  unsupported: status.UNIMPLEMENTED,
  lost: status.DATA_LOSS,
};

/** What a container is told when its rpc failed: the client tries UNAVAILABLE again. */
export const statusOfError = (error: unknown): Pick<ServiceError, 'code' | 'details'> => {
  if (error instanceof RefusedError)
    return { code: STATUS_OF_REFUSAL[error.refusal.refused], details: error.refusal.message };
  const details = error instanceof Error ? error.message : String(error);
  return { code: error instanceof BusUnavailableError ? status.UNAVAILABLE : status.INTERNAL, details };
};
