import type { Metadata } from '@grpc/grpc-js';
import { refuse, RefusedError } from '@slipway/kernel';
import { TaskCommandRouterService } from '@slipway/protocol';
import { readRouterToken, type RouterToken } from '../access/router-token.js';
import { KnownCallers } from '../client-protocol/known-callers.js';
import { rpcStatusOf } from '../client-protocol/rpc-status.js';

const BEARER = /^Bearer (\S+)$/i;
const COMMAND_PATHS: ReadonlySet<string> = new Set(
  Object.values(TaskCommandRouterService).map(({ path }) => path),
);

/** Who commands a container: whoever shows a token for it. */
export const commandCallers = (signingKey: string): KnownCallers<RouterToken> =>
  new KnownCallers(
    COMMAND_PATHS,
    (_path, metadata) => admit(signingKey, metadata),
    (_path, error) => rpcStatusOf(error),
  );

const admit = (signingKey: string, metadata: Metadata): RouterToken => {
  const [, jwt = ''] = BEARER.exec(metadata.get('authorization')[0]?.toString() ?? '') ?? [];
  const token = readRouterToken(signingKey, jwt, Date.now());
  if (token === undefined)
    throw new RefusedError(
      refuse(
        'unauthenticated',
        'router-token-wrong',
        'The token for this container is wrong or over; get another one.',
      ),
    );
  return token;
};
