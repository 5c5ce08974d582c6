import { RPCRetryPolicy } from './generated/throttle.js';
import { statusDetails } from './status-details.js';

/** Details of an error that make the client wait `retryAfterMs` and ask again, without using up one of its retries. */
export const throttleDetails = (code: number, message: string, retryAfterMs: number): Buffer =>
  statusDetails(code, message, [
    {
      messageName: 'RPCRetryPolicy',
      bytes: RPCRetryPolicy.encode({ retryAfterSecs: retryAfterMs / 1000 }).finish(),
    },
  ]);
