import type { Ports } from './choose-ports.ts';

/** Where this machine reaches its platform. */
export const gatewayUrl = (ports: Ports): string => `http://127.0.0.1:${ports['gateway']}`;
