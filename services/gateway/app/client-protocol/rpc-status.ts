import { Metadata, status, type StatusObject } from '@grpc/grpc-js';
import { RefusedError } from '@slipway/kernel';
import { STATUS_DETAILS_TRAILER } from '@slipway/protocol';
import { isPassingTrouble } from '../passing-trouble.js';
import { REFUSAL_STATUS } from '../refusal-status.js';

/** A refusal with details that the client's own code understands. */
export class DetailedRefusedError extends RefusedError {
  constructor(
    refusal: RefusedError['refusal'],
    readonly statusDetails: Buffer,
  ) {
    super(refusal);
  }
}

/** The status that an error becomes; refusals reach the user word for word. */
export const rpcStatusOf = (error: unknown): StatusObject => {
  const metadata = new Metadata();
  if (error instanceof DetailedRefusedError) metadata.set(STATUS_DETAILS_TRAILER, error.statusDetails);
  if (error instanceof RefusedError)
    return { code: REFUSAL_STATUS[error.refusal.refused].grpc, details: error.message, metadata };
  if (isPassingTrouble(error))
    return {
      code: status.UNAVAILABLE,
      details: 'A part of the server is starting or away; try again in a moment.',
      metadata,
    };
  return { code: status.INTERNAL, details: 'The server failed on this request; its log says why.', metadata };
};
