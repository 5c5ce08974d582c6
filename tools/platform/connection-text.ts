import { relative } from 'node:path';
import { styleText } from 'node:util';
import type { Ports } from './choose-ports.ts';
import type { FirstToken } from './first-token.ts';
import { gatewayUrl } from './gateway-url.ts';
import type { Home } from './home.ts';
import { operatorLink } from './operator-link.ts';
import type { Secrets } from './secrets.ts';

/** How to use a platform that runs, for people. */
export const connectionText = (
  home: Home,
  ports: Ports,
  secrets: Pick<Secrets, 'signingKey'>,
  firstToken: FirstToken,
  logs = `The logs are in ${home.logs}`,
): string => {
  const url = gatewayUrl(ports);
  const file = relative(process.cwd(), home.environmentFile) || home.environmentFile;
  const path = file.startsWith('..') ? home.environmentFile : file;
  return [
    '',
    `  Slipway runs at ${styleText('bold', url)}`,
    '',
    ...(firstToken === 'valid'
      ? [`    source ${path}    # the address, a token and the client`]
      : [
          `    source ${path}    # the address and the client`,
          '    modal token new    # a token of yours, for the first one lets nobody in any more',
        ]),
    '    modal run my.py',
    '',
    '  Whoever opens this link may say yes to `modal token new` in that browser; keep it to yourself:',
    `    ${operatorLink(url, secrets.signingKey)}`,
    '',
    `  ./tools/status shows what runs, ./tools/down stops it. ${logs}`,
    '',
  ].join('\n');
};

/** How to reach the servers alone, for people who work on the services. */
export const serversText = (home: Home): string =>
  `\n  source ${home.serversFile}    # DATABASE_URL, NATS_URL, REDIS_URL\n`;
