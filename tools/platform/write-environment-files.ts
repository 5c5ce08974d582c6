import { join } from 'node:path';
import type { Ports } from './choose-ports.ts';
import { endpointsFrom, ownEndpoints } from './endpoints.ts';
import { renderEnvironmentFile } from './environment-file.ts';
import type { Home } from './home.ts';
import { replaceFile } from './json-file.ts';
import type { Secrets } from './secrets.ts';

/** Writes the files to source: for clients, and for work on the services themselves. */
export const writeEnvironmentFiles = (home: Home, ports: Ports, secrets: Secrets): void => {
  const client = {
    MODAL_SERVER_URL: `http://127.0.0.1:${ports['gateway']}`,
    MODAL_TOKEN_ID: secrets.tokenId,
    MODAL_TOKEN_SECRET: secrets.tokenSecret,
  };
  const { databaseUrl, natsUrl, redisUrl } = endpointsFrom(process.env, ownEndpoints(ports, secrets));
  const servers = { DATABASE_URL: databaseUrl, NATS_URL: natsUrl, REDIS_URL: redisUrl };
  const programs = join(home.clientVenv, 'bin');
  replaceFile(home.environmentFile, renderEnvironmentFile(client, programs), 0o600);
  replaceFile(home.serversFile, renderEnvironmentFile(servers, programs), 0o600);
};
