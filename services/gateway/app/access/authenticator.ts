import { createHash, timingSafeEqual } from 'node:crypto';
import { accepted, RefusedError } from '@slipway/kernel';
import { checkToken, tokenMissing, type Caller } from '@slipway/gateway-core';
import { readRpcHeaders, type Credentials, type HeaderLookup } from '@slipway/protocol';
import type { Tokens } from '../store/tokens.js';
import { readAuthToken } from './auth-token.js';
import { readRelayedTask } from './relayed-task.js';
import { matchesSecret } from './secret-hash.js';

const REMEMBER_MS = 10_000;
const MOST_REMEMBERED = 10_000;

type Verified = Readonly<{ secretDigest: Buffer; caller: Caller; untilMs: number }>;

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/**
 * Finds out who asks, from the headers of an rpc or an HTTP request.
 * A pair that was found right is remembered for ten seconds: a revoked token may work that much longer at another gateway.
 */
export class Authenticator {
  private readonly verified = new Map<string, Verified>();

  constructor(
    private readonly tokens: Tokens,
    private readonly keys: Readonly<{ signingKey: string; internalKey: string }>,
  ) {}

  /** The caller. Throws RefusedError where there is no valid proof. */
  async authenticate(header: HeaderLookup): Promise<Caller> {
    const task = readRelayedTask(header, this.keys.internalKey);
    if (task) return task;
    const { credentials, authToken } = readRpcHeaders(header);
    if (credentials) return this.remembered(credentials) ?? this.check(credentials);
    const caller = authToken && readAuthToken(this.keys.signingKey, authToken, Date.now());
    if (!caller) throw new RefusedError(tokenMissing());
    return caller;
  }

  /** Looks the token up anew at its next use: it was changed. */
  forget(tokenId: string): void {
    this.verified.delete(tokenId);
  }

  /** As above, for all tokens: roles were changed. */
  forgetAll(): void {
    this.verified.clear();
  }

  private remembered({ tokenId, tokenSecret }: Credentials): Caller | undefined {
    const known = this.verified.get(tokenId);
    if (known === undefined || known.untilMs <= Date.now()) return undefined;
    return timingSafeEqual(known.secretDigest, digestOf(tokenSecret)) ? known.caller : undefined;
  }

  private async check({ tokenId, tokenSecret }: Credentials): Promise<Caller> {
    const found = await this.tokens.find(tokenId);
    const at = Date.now();
    const secretMatches = found !== undefined && matchesSecret(found.secretHash, tokenSecret);
    const caller = accepted(checkToken({ token: found?.token, secretMatches, at }));
    await this.tokens.use(tokenId, at);
    if (this.verified.size >= MOST_REMEMBERED) this.verified.clear();
    this.verified.set(tokenId, { secretDigest: digestOf(tokenSecret), caller, untilMs: at + REMEMBER_MS });
    return caller;
  }
}
