import { refuse, RefusedError } from '@slipway/kernel';
import type { RpcName } from '../rpc.js';

/** Rpcs by which a container's runtime speaks to its own host, which answers them itself. */
export const hostOnly = (name: RpcName) => (): never => {
  throw new RefusedError(
    refuse(
      'unsupported',
      'host-only',
      `${name[0]?.toUpperCase()}${name.slice(1)} is answered by a container's own host, not here.`,
    ),
  );
};
