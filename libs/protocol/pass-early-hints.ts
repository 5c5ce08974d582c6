import type { ServerResponse } from 'node:http';

/**
 * Passes a 103 with its links on (RFC 8297). Several `Link` lines come as one text, each link beginning with `<`. Hints are no more than
 * that: where they cannot be said, the answer comes without them.
 */
export const passEarlyHints = (
  answer: Pick<ServerResponse, 'writeEarlyHints' | 'headersSent'>,
  link: unknown,
): void => {
  const links = [link].flat().flatMap((text) => (typeof text === 'string' ? text.split(/,\s*(?=<)/) : []));
  if (links.length === 0 || answer.headersSent) return;
  try {
    answer.writeEarlyHints({ link: links });
  } catch {
    // A link that no server may say.
  }
};
