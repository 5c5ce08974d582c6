import { RefusedError } from '@slipway/kernel';
import { refuseInEnvironment, type Caller } from '@slipway/gateway-core';

/** Throws RefusedError where the caller may not look into the environment. */
export const lookInto = (caller: Caller, environment: string): void => {
  const refusal = refuseInEnvironment(caller, 'look', environment);
  if (refusal) throw new RefusedError(refusal);
};
