import { isIPv6 } from 'node:net';

/** As URLs and gRPC write it: `[fd00::7]:8000`. */
export const hostAndPort = (host: string, port: number): string =>
  `${isIPv6(host) ? `[${host}]` : host}:${port}`;
