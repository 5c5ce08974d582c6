import type { CallId, FunctionId } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';

const SANDBOX_ID = /^sb-[0-9A-Za-z]{26}$/;

/** A sandbox is one call of a function of its own, and their ids follow from its id. */
export const idsOfSandbox = (sandboxId: string): Readonly<{ functionId: FunctionId; callId: CallId }> => {
  if (!SANDBOX_ID.test(sandboxId))
    throw new RefusedError(refuse('not-found', 'sandbox-not-found', `there is no sandbox ${sandboxId}`));
  return { functionId: `fu-${sandboxId.slice(3)}`, callId: `fc-${sandboxId.slice(3)}` };
};
