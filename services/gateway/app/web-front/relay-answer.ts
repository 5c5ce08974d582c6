import type { IncomingMessage } from 'node:http';
import { RELAY_HEADERS, type RelayOutcome } from '@slipway/contracts';
import type { Answer } from './answer.js';
import { dropRest } from './drop-rest.js';
import { answerHeaders, byName } from './forwarded-headers.js';

const LONGEST_REASON_BYTES = 16 * 1024;

export const outcomeOf = (upstream: IncomingMessage): RelayOutcome | undefined =>
  upstream.headers[RELAY_HEADERS.outcome] as RelayOutcome | undefined;

/** The reason in the relay's own answer. */
export const readReason = async (upstream: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of upstream) {
    bytes += (chunk as Buffer).length;
    if (bytes <= LONGEST_REASON_BYTES) chunks.push(chunk as Buffer);
  }
  try {
    const { reason } = JSON.parse(Buffer.concat(chunks).toString()) as { reason?: string };
    return reason ?? '';
  } catch {
    return '';
  }
};

/** Passes the app's answer on as it comes, no faster than the client takes it. */
export const passOn = (upstream: IncomingMessage, answer: Answer, serverTiming: string): void => {
  const more = ['server-timing', serverTiming];
  const headers = answerHeaders(upstream.rawHeaders, more);
  const status = upstream.statusCode ?? 502;
  if (answer.stream) answer.writeHead(status, byName(headers));
  else answer.writeHead(status, upstream.statusMessage ?? '', headers);
  if (isOpenEnded(upstream)) answer.flushHeaders();
  upstream.on('data', (chunk: Buffer) => {
    if (answer.write(chunk)) return;
    upstream.pause();
    answer.once('drain', () => upstream.resume());
  });
  upstream.once('end', () => {
    const trailers = byName(answerHeaders(upstream.rawTrailers, []));
    if (Object.keys(trailers).length > 0) answer.addTrailers(trailers);
    answer.end();
    dropRest(answer);
  });
  upstream.once('error', () => breakOff(answer));
  upstream.once('aborted', () => breakOff(answer));
};

/** The client sees that an answer is not whole: its connection, or its stream, ends without an end. */
const breakOff = (answer: Answer): void => {
  if (answer.stream) answer.stream.close(INTERNAL_ERROR);
  else answer.destroy();
};

const INTERNAL_ERROR = 2;

/** Whose length is not known may send its first byte much later than its head. */
const isOpenEnded = ({ headers }: IncomingMessage): boolean => headers['content-length'] === undefined;
