import { refuse, RefusedError } from '@slipway/kernel';
import type { CallId, InputId } from '@slipway/contracts';
import { readJwt, signJwt } from '../../access/jwt.js';

export type InputClaims = Readonly<{ idx: number; inputId: InputId; callId: CallId }>;

/** Clients hand these back to name an input or a call; they read `idx` out of an input's payload themselves. */
export const signInput = (key: string, claims: InputClaims): string => signJwt(key, 'input', claims);
export const signCall = (key: string, callId: CallId): string => signJwt(key, 'call', { callId });

const orRefuse = <Claims>(claims: Record<string, unknown> | undefined, name: string): Claims => {
  if (claims === undefined)
    throw new RefusedError(refuse('invalid', 'jwt-invalid', `The ${name} was not made by this server.`));
  return claims as Claims;
};

export const readInput = (key: string, jwt: string): InputClaims =>
  orRefuse<InputClaims>(readJwt(key, 'input', jwt), 'input_jwt');

export const readCall = (key: string, jwt: string): CallId =>
  orRefuse<{ callId: CallId }>(readJwt(key, 'call', jwt), 'function_call_jwt').callId;
