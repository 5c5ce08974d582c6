import { Agent } from 'node:http';

const FREE_CONNECTIONS = 1_024;

/** Connections to workers' relays, kept between requests: the one used last is used next. */
export const relayConnections = (): Agent =>
  new Agent({
    keepAlive: true,
    maxSockets: Number.POSITIVE_INFINITY,
    maxFreeSockets: FREE_CONNECTIONS,
    scheduling: 'lifo',
  });
