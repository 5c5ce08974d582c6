import { refuse, RefusedError } from '@slipway/kernel';
import type { Caller } from '@slipway/gateway-core';
import { FIRST_WORKSPACE } from '../store/workspaces.js';
import { runsTheSite } from './runs-the-site.js';

type TokenCaller = Extract<Caller, { kind: 'token' }>;

/** The caller, who runs the site. Throws RefusedError for anybody else: `may` says what they wanted. */
export const operatorOnly = (caller: Caller | undefined, may: string): TokenCaller => {
  if (runsTheSite(caller)) return caller as TokenCaller;
  throw new RefusedError(
    refuse(
      'forbidden',
      'not-the-operator',
      `Only an owner of the workspace '${FIRST_WORKSPACE}' may ${may}.`,
    ),
  );
};
