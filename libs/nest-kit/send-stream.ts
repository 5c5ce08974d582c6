import { request as requestOverHttp, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as requestOverHttps } from 'node:https';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

/** How long nothing is said until probes ask whether the other end is still there. */
const PROBE_AFTER_MS = 60_000;

/**
 * PUTs a body, and waits for the answer for as long as the other end is there: a large object is stored before it is
 * answered, and fetch gives up after five minutes.
 */
export const sendStream = async (
  url: URL,
  headers: OutgoingHttpHeaders,
  body: Readable,
): Promise<Response> => {
  // A connection of its own: one that is kept may have been closed at the other end just now, and a body is not sent twice.
  const request = url.protocol === 'https:' ? requestOverHttps : requestOverHttp;
  const sending = request(url, { method: 'PUT', headers, agent: false });
  sending.setSocketKeepAlive(true, PROBE_AFTER_MS);
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sending.once('response', resolve).on('error', reject);
  });
  const sent = pipeline(body, sending);
  try {
    const answer = await Promise.race([answered, sent.then(() => answered)]);
    return new Response(await text(answer), { status: answer.statusCode ?? 502 });
  } finally {
    sending.destroy();
  }
};
