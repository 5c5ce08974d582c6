import { RPCStatus } from './generated/throttle.js';

/** A message that a client of this protocol knows by its full name. */
export type StatusDetail = Readonly<{ messageName: string; bytes: Uint8Array }>;

/**
 * The value of the trailer `grpc-status-details-bin`, which carries details of an error beside its code and message.
 *
 * With grpc-js: put it in the `metadata` of the ServiceError, as a Buffer.
 */
export const statusDetails = (code: number, message: string, details: readonly StatusDetail[]): Buffer =>
  Buffer.from(
    RPCStatus.encode({
      code,
      message,
      details: details.map(({ messageName, bytes }) => ({
        typeUrl: `type.googleapis.com/modal.client.${messageName}`,
        value: Buffer.from(bytes),
      })),
    }).finish(),
  );

/** Name of the trailer. */
export const STATUS_DETAILS_TRAILER = 'grpc-status-details-bin';
