import { Resolver } from 'node:dns/promises';
import { refuse, RefusedError } from '@slipway/kernel';

/** The text records of a name, each whole; none where there is no such name. */
export type TextRecords = (name: string) => Promise<readonly string[]>;

const NOTHING_THERE = new Set(['ENOTFOUND', 'ENODATA']);
const TIMEOUT_MS = 3_000;
const TRIES = 2;

/** As DNS tells them. Throws RefusedError, to be tried again, where it does not answer. */
export const textRecordsOfDns = (): TextRecords => {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  return async (name) => {
    try {
      return (await resolver.resolveTxt(name)).map((pieces) => pieces.join(''));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== undefined && NOTHING_THERE.has(code)) return [];
      throw new RefusedError(
        refuse(
          'unavailable',
          'dns-away',
          `DNS did not tell the text records of '${name}' (${code}): try again.`,
        ),
      );
    }
  };
};
