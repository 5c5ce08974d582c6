import {
  Empty,
  FlashContainerRegisterResponse,
  TunnelStartResponse,
  TunnelStopResponse,
} from '@slipway/protocol';
import type { WebTask } from '../web/web-task.js';
import type { ContainerSession } from './container-session.js';
import type { ContainerRpcs } from './container-rpcs.js';

/**
 * What the container of a server function says when its server is started: client 1.6 in its own words, older ones by opening
 * a tunnel and registering it. There is no tunnel: the relay reaches the port in the container's own network.
 */
export const serverRpcs = (session: ContainerSession, web: WebTask) => {
  const started = (): void => {
    session.hello();
    void web.awaitServer(session.exitWanted);
  };
  return {
    containerServerLifecycleReady: async () => {
      started();
      return Empty.create();
    },
    tunnelStart: async ({ port }) => {
      started();
      return TunnelStartResponse.fromPartial({ host: 'localhost', port });
    },
    tunnelStop: async () => TunnelStopResponse.fromPartial({ exists: true }),
    flashContainerRegister: async ({ host, port }) =>
      FlashContainerRegisterResponse.fromPartial({ url: `http://${host}:${port}` }),
    flashContainerDeregister: async () => Empty.create(),
  } satisfies ContainerRpcs;
};
