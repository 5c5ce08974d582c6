import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isAmong } from '@slipway/contracts';
import type { WebFailure } from '@slipway/gateway-core';
import { matchesSecret } from '../access/secret-hash.js';
import { readWebPass } from '../access/web-pass.js';
import type { Environments } from '../store/environments.js';
import type { ProxyTokens } from '../store/proxy-tokens.js';
import type { ProxyTokenRow, WebRouteRow } from '../store/web-entities.js';
import { shownToken, type ShownToken } from './shown-token.js';

type Remembered = Readonly<{ token: ProxyTokenRow; secretDigest: Buffer; untilMs: number }>;

/** So much longer may a deleted token work. */
const REMEMBER_MS = 2_000;
const MOST_REMEMBERED = 10_000;
const PASS = /^Bearer (\S+)$/i;

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

const refusal = (status: 401 | 403, code: string, reason: string): WebFailure => ({
  status,
  code,
  reason,
  remedy:
    'Send a proxy token of its workspace in the headers Modal-Key and Modal-Secret; `modal workspace proxy-tokens create` makes one.',
});

/** Who may call the endpoints that ask for a token. */
export class ProxyAccess {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly tokens: ProxyTokens,
    private readonly environments: Environments,
    private readonly signingKey: string,
  ) {}

  /** Nothing where the request may pass, else why not. */
  async check(route: WebRouteRow, headers: IncomingHttpHeaders): Promise<WebFailure | undefined> {
    const [, pass] = PASS.exec(String(headers['modal-authorization'] ?? '')) ?? [];
    if (pass !== undefined) return this.checkPass(route, pass);
    const shown = shownToken(headers);
    if (shown === undefined)
      return refusal(401, 'proxy-token-missing', 'This endpoint asks for a proxy token.');
    const token = await this.verify(shown);
    if (token === undefined || token.workspaceId !== route.workspaceId)
      return refusal(
        401,
        'proxy-token-wrong',
        `The proxy token ${shown.tokenId} does not open this endpoint.`,
      );
    if (!token.scoped) return undefined;
    const { environmentId } = await this.environments.get(route.workspaceId, route.environment);
    if (token.environmentIds.includes(environmentId)) return undefined;
    return refusal(
      403,
      'proxy-token-not-allowed',
      `The proxy token ${shown.tokenId} is not allowed for the environment '${route.environment}'.`,
    );
  }

  private checkPass(route: WebRouteRow, shown: string): WebFailure | undefined {
    const pass = readWebPass(this.signingKey, shown, Date.now());
    const wrong = refusal(
      401,
      'pass-wrong',
      'The token in Modal-Authorization is over, or opens other endpoints.',
    );
    if (pass?.workspaceId !== route.workspaceId) return wrong;
    if ('functionId' in pass) return pass.functionId === route.functionId ? undefined : wrong;
    if (isAmong(route.environment, pass.environments)) return undefined;
    return refusal(
      403,
      'pass-not-allowed',
      `Who got the token in Modal-Authorization may not call functions in the environment '${route.environment}'.`,
    );
  }

  private async verify({ tokenId, secret }: ShownToken): Promise<ProxyTokenRow | undefined> {
    const secretDigest = digestOf(secret);
    const known = this.remembered.get(tokenId);
    if (known !== undefined && known.untilMs > Date.now())
      return timingSafeEqual(known.secretDigest, secretDigest) ? known.token : undefined;
    const token = await this.tokens.find(tokenId);
    if (token === undefined || !matchesSecret({ salt: token.salt, hash: token.secretHash }, secret))
      return undefined;
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    this.remembered.set(tokenId, { token, secretDigest, untilMs: Date.now() + REMEMBER_MS });
    return token;
  }
}
