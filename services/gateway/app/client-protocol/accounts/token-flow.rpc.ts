import { randomBytes } from 'node:crypto';
import { refuse, RefusedError } from '@slipway/kernel';
import { pollUntil } from '../poll-time.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { YesWatch } from './yes-watch.js';

type Parts = Pick<RpcParts, 'tokenFlows' | 'publicUrl'>;

const FLOW_LIFE_MS = 15 * 60_000;
/** Without letters and digits that look alike. */
const CODE_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

const newCode = (): string => {
  const letters = [...randomBytes(8)].map((byte) => CODE_LETTERS[byte % CODE_LETTERS.length]);
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
};

/** Asks for a token, without one: somebody who has one says yes on the page at `webUrl`. */
export const tokenFlowCreate =
  ({ tokenFlows, publicUrl }: Parts): UnaryRpc<'tokenFlowCreate'> =>
  async ({ expiresInSeconds }, { headers, peer }) => {
    const flowId = `tf-${randomBytes(16).toString('hex')}`;
    const waitSecret = randomBytes(24).toString('base64url');
    const code = newCode();
    const createdAt = Date.now();
    await tokenFlows.create({
      flowId,
      code,
      waitSecret,
      askedBy: {
        machine: headers.node ?? 'unnamed',
        platform: headers.platform ?? 'unknown',
        client: `Python client ${headers.clientVersion ?? 'of unknown version'}`,
        address: peer.replace(/:\d+$/, ''),
      },
      ...(expiresInSeconds ? { tokenLifeMs: expiresInSeconds * 1000 } : {}),
      createdAt,
      expiresAt: createdAt + FLOW_LIFE_MS,
    });
    return { tokenFlowId: flowId, webUrl: `${publicUrl}/token-flow/${flowId}`, code, waitSecret };
  };

/** Held until somebody says yes or the client's time is over. */
export const tokenFlowWait = ({ tokenFlows }: Parts): UnaryRpc<'tokenFlowWait'> => {
  const watch = new YesWatch((flowIds) => tokenFlows.stillOpen(flowIds, Date.now()));
  return async ({ timeout, tokenFlowId, waitSecret }, { cancelled }) => {
    const untilMs = pollUntil(timeout);
    for (;;) {
      const granted = await tokenFlows.granted(tokenFlowId, waitSecret, Date.now());
      if (granted === 'over')
        throw new RefusedError(
          refuse(
            'not-found',
            'token-flow-over',
            'This request for a token is over: run `modal token new` again and say yes within 15 minutes.',
          ),
        );
      if (granted !== 'waiting')
        return {
          tokenId: granted.tokenId,
          tokenSecret: granted.tokenSecret,
          workspaceUsername: granted.workspaceName,
          timeout: false,
        };
      if (cancelled.aborted || Date.now() >= untilMs)
        return { tokenId: '', tokenSecret: '', workspaceUsername: '', timeout: true };
      await watch.news(tokenFlowId, untilMs, cancelled);
    }
  };
};
