import { refuse, RefusedError } from '@slipway/kernel';
import type { RpcName } from './rpc.js';

/** An rpc of the schema that this server has no answer for yet. */
export const notServed = (name: RpcName) => (): never => {
  throw new RefusedError(
    refuse(
      'unsupported',
      'not-served',
      `This server does not answer ${name[0]?.toUpperCase()}${name.slice(1)}.`,
    ),
  );
};
