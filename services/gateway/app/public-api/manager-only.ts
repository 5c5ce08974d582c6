import { accepted } from '@slipway/kernel';
import { refuseManagement, type Caller } from '@slipway/gateway-core';

type TokenCaller = Extract<Caller, { kind: 'token' }>;

/** The caller, who may manage the workspace. Throws RefusedError for anybody else. */
export const managerOnly = (caller: Caller): TokenCaller => {
  const refusal = refuseManagement(caller);
  if (refusal) accepted(refusal);
  return caller as TokenCaller;
};
