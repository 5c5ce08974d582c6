import { refuse, RefusedError } from '@slipway/kernel';
import type { UnaryRpc } from '../rpc.js';

const notMounted = (volumeId: string, what: string): RefusedError =>
  new RefusedError(
    refuse(
      'invalid',
      'volume-not-mounted',
      `Volume '${volumeId}' can only be ${what} by a container that has it mounted. Outside, changes are seen at once.`,
    ),
  );

/** The worker answers its own containers; whoever comes here has nothing mounted. */
export const volumeCommit =
  (): UnaryRpc<'volumeCommit'> =>
  async ({ volumeId }) => {
    throw notMounted(volumeId, 'committed');
  };

export const volumeReload =
  (): UnaryRpc<'volumeReload'> =>
  async ({ volumeId }) => {
    throw notMounted(volumeId, 'reloaded');
  };
