import { FunctionLookupError, FunctionLookupError_Reason } from './generated/function.js';
import { statusDetails } from './status-details.js';

const NOT_FOUND = 5;

/** Details of NOT_FOUND for a function lookup that hit a class: the client tells its user how to look up a class. */
export const classNameUsedDetails = (message: string): Buffer =>
  statusDetails(NOT_FOUND, message, [
    {
      messageName: 'FunctionLookupError',
      bytes: FunctionLookupError.encode({ reason: FunctionLookupError_Reason.CLASS_NAME_USED }).finish(),
    },
  ]);
