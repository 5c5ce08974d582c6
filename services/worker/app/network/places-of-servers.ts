import type { ServerPlace, WorkerConfig } from '../config.js';
import { addressTowards } from './own-address.js';

export type FoundPlace = Required<ServerPlace>;

/**
 * Where the servers that gateways ask listen, and what gateways are told. Where the operator names no host, it is this machine's address on
 * the way to the bus: gateways are in the same network, and a site on one machine stays closed to all others.
 */
export const placesOfServers = async ({
  relay,
  router,
  natsUrl,
}: Pick<WorkerConfig, 'relay' | 'router' | 'natsUrl'>): Promise<
  Readonly<{ relay: FoundPlace; router: FoundPlace }>
> => {
  const found = async ({ host, port }: ServerPlace): Promise<FoundPlace> => ({
    host: host ?? (await addressTowards(natsUrl)),
    port,
  });
  return { relay: await found(relay), router: await found(router) };
};
