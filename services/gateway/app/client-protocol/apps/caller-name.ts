import type { Caller } from '@slipway/gateway-core';

/** Who did it, as histories show it. */
export const callerName = (caller: Caller): string =>
  caller.kind === 'token' ? caller.workspaceName : caller.taskId;
