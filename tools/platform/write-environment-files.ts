import { join } from 'node:path';
import type { Ports } from './choose-ports.ts';
import { endpointsFrom, ownEndpoints } from './endpoints.ts';
import { renderEnvironmentFile } from './environment-file.ts';
import type { FirstToken } from './first-token.ts';
import type { Home } from './home.ts';
import { gatewayUrl } from './gateway-url.ts';
import { replaceFile } from './json-file.ts';
import type { Secrets } from './secrets.ts';

/** What a client is told; a token that lets nobody in would stand before the user's own. */
export const clientEnvironment = (
  ports: Ports,
  { tokenId, tokenSecret }: Pick<Secrets, 'tokenId' | 'tokenSecret'>,
  firstToken: FirstToken,
): Readonly<Record<string, string>> => ({
  MODAL_SERVER_URL: gatewayUrl(ports),
  ...(firstToken === 'valid' ? { MODAL_TOKEN_ID: tokenId, MODAL_TOKEN_SECRET: tokenSecret } : {}),
});

/** Writes the files to source: for clients, and for work on the services themselves. */
export const writeEnvironmentFiles = (
  home: Home,
  ports: Ports,
  secrets: Secrets,
  firstToken: FirstToken,
): void => {
  const client = clientEnvironment(ports, secrets, firstToken);
  const { databaseUrl, natsUrl, redisUrl } = endpointsFrom(process.env, ownEndpoints(ports, secrets));
  const servers = { DATABASE_URL: databaseUrl, NATS_URL: natsUrl, REDIS_URL: redisUrl };
  const programs = join(home.clientVenv, 'bin');
  replaceFile(home.environmentFile, renderEnvironmentFile(client, programs), 0o600);
  replaceFile(home.serversFile, renderEnvironmentFile(servers, programs), 0o600);
};
