import { lookup } from 'node:dns/promises';
import type { Finding } from './finding.ts';

/** Whether programs of this machine find web endpoints by their names, `<label>.localhost`. */
export const lookAtNames = async (): Promise<Finding> => {
  const found = await lookup('a-label.localhost').catch(() => undefined);
  return found === undefined
    ? {
        area: 'names',
        name: 'web names',
        verdict: 'fallback',
        found: 'names below localhost are unknown here',
        meaning:
          'browsers and curl know them all the same; for other programs install libnss-myhostname or systemd-resolved',
      }
    : {
        area: 'names',
        name: 'web names',
        verdict: 'good',
        found: `a-label.localhost is ${found.address}`,
        meaning: 'web endpoints are found by every program of this machine',
      };
};
