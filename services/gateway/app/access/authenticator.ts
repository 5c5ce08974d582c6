import { accepted, RefusedError } from '@slipway/kernel';
import { checkToken, tokenMissing, type Caller } from '@slipway/gateway-core';
import { readRpcHeaders, type HeaderLookup } from '@slipway/protocol';
import type { FoundToken, Tokens } from '../store/tokens.js';
import { readAuthToken } from './auth-token.js';
import { readRelayedTask } from './relayed-task.js';
import { matchesSecret } from './secret-hash.js';
import type { TaskRoles } from './task-roles.js';

const REMEMBER_MS = 10_000;
const MOST_REMEMBERED = 10_000;

type Remembered = Readonly<{ token: FoundToken; untilMs: number }>;

/**
 * Finds out who asks, from the headers of an rpc or an HTTP request. A token is remembered for ten seconds: one that was
 * revoked, and a role that was taken, may count that much longer at another gateway.
 */
export class Authenticator {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly tokens: Pick<Tokens, 'find' | 'use'>,
    private readonly taskRoles: Pick<TaskRoles, 'of' | 'forgetAll'>,
    private readonly keys: Readonly<{ signingKey: string; internalKey: string }>,
  ) {}

  /** The caller. Throws RefusedError where there is no valid proof. */
  async authenticate(header: HeaderLookup): Promise<Caller> {
    const task = readRelayedTask(header, this.keys.internalKey);
    if (task) return { ...task, ...(await this.taskRoles.of(task.workspaceId, task.appId)) };
    const at = Date.now();
    const { credentials, authToken } = readRpcHeaders(header);
    if (credentials) {
      const found = await this.find(credentials.tokenId, at);
      const secretMatches = found !== undefined && matchesSecret(found.secretHash, credentials.tokenSecret);
      return accepted(checkToken({ token: found?.token, secretMatches, at }));
    }
    const tokenId = authToken && readAuthToken(this.keys.signingKey, authToken, at);
    if (!tokenId) throw new RefusedError(tokenMissing());
    // Our signature says that its secret was shown; whether it still lets anybody in, only the token itself.
    return accepted(checkToken({ token: (await this.find(tokenId, at))?.token, secretMatches: true, at }));
  }

  /** Looks the token up anew at its next use: it was changed. */
  forget(tokenId: string): void {
    this.remembered.delete(tokenId);
  }

  /** As above, for all tokens: roles were changed. */
  forgetAll(): void {
    this.remembered.clear();
    this.taskRoles.forgetAll();
  }

  private async find(tokenId: string, at: number): Promise<FoundToken | undefined> {
    const known = this.remembered.get(tokenId);
    if (known !== undefined && known.untilMs > at) return known.token;
    const token = await this.tokens.find(tokenId);
    if (token === undefined) return undefined;
    await this.tokens.use(tokenId, at);
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    this.remembered.set(tokenId, { token, untilMs: at + REMEMBER_MS });
    return token;
  }
}
