import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Caller } from '@slipway/gateway-core';
import type { HeaderLookup } from '@slipway/protocol';
import { callerKey } from '@slipway/gateway-core';
import type { Authenticator } from '../access/authenticator.js';
import { AUTHENTICATOR, RATE_LIMIT } from '../tokens.js';
import type { RateLimit } from './rate-limit.js';

export type HttpRequest = {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  caller?: Caller;
};

const BEARER = /^Bearer ([^:\s]+):(\S+)$/i;

/** The headers of the client protocol, with `Authorization: Bearer tokenId:tokenSecret` read as the same. */
export const headersOf = ({ headers }: HttpRequest): HeaderLookup => {
  const [, tokenId, tokenSecret] = BEARER.exec(String(headers['authorization'] ?? '')) ?? [];
  return (name) => {
    if (tokenId !== undefined && name === 'x-modal-token-id') return tokenId;
    if (tokenSecret !== undefined && name === 'x-modal-token-secret') return tokenSecret;
    return headers[name]?.toString();
  };
};

/** Lets a request in that carries a right token and is not one too many. */
@Injectable()
export class HttpCallerGuard implements CanActivate {
  constructor(
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    @Inject(RATE_LIMIT) private readonly rateLimit: RateLimit,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<HttpRequest>();
    request.caller = await this.authenticator.authenticate(headersOf(request));
    await this.rateLimit.count(callerKey(request.caller), Date.now());
    return true;
  }
}
