import type { IncomingMessage } from 'node:http';
import { RELAY_HEADERS } from '@slipway/contracts';
import { passEarlyHints } from '@slipway/protocol';
import { requestHeaders } from './forwarded-headers.js';
import { CLIENT_LEFT, noteRequest } from './note-request.js';
import { reachContainer, type WayTiming } from './reach-container.js';
import { passOn } from './relay-answer.js';
import { readBody } from './request-body.js';
import type { Answer } from './answer.js';
import { affinityOf } from './affinity.js';
import { brokenRequest } from './web-failures.js';
import { answerFailure, isFailure, type WebFront } from './web-front.js';

/** Answers one HTTP request by a container of the function that has this name, or says why it cannot. */
export const serveRequest = async (
  front: WebFront,
  host: string,
  incoming: IncomingMessage,
  answer: Answer,
  isExpected = false,
): Promise<void> => {
  const leaving = new AbortController();
  answer.once('close', () => {
    // An answer of HTTP/2 calls itself finished also where its stream was reset.
    if (!(answer.stream ? answer.writableEnded : answer.writableFinished)) leaving.abort();
  });
  answer.on('error', () => undefined);
  incoming.on('error', () => undefined);
  const way = { host, incoming, answer, isExpected, leaving: leaving.signal };
  await answerByContainer(front, way).catch((error: unknown) =>
    answerFailure(answer, front.trouble(error), { incoming, requestId: front.newRequestId() }),
  );
};

type Way = Readonly<{
  host: string;
  incoming: IncomingMessage;
  answer: Answer;
  isExpected: boolean;
  leaving: AbortSignal;
}>;

const answerByContainer = async (
  front: WebFront,
  { host, incoming, answer, isExpected, leaving }: Way,
): Promise<void> => {
  const entered = await front.enter(host, incoming, leaving);
  if (isFailure(entered)) {
    answerFailure(answer, entered, { incoming, requestId: front.newRequestId() });
    return;
  }
  const { route, requestId, cameAt } = entered;
  const note = noteRequest(front, entered, incoming);
  if (note !== undefined)
    answer.once('close', () => note.over(answer.headersSent ? answer.statusCode : CLIENT_LEFT));
  const mayCome = (): void => {
    if (isExpected) answer.writeContinue();
  };
  const body = await readBody(incoming, mayCome).catch((error: unknown) => String(error));
  if (typeof body === 'string') return answerFailure(answer, brokenRequest(body), { incoming, requestId });
  const enteredAt = performance.now();
  const sending = {
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    headers: requestHeaders(incoming, { method: route.method, key: front.parts.internalKey, requestId }),
    body,
    incoming,
    isUpgrade: false,
    mayCome,
    signal: leaving,
    onEarlyHints: ({ link }: Readonly<Record<string, unknown>>) => passEarlyHints(answer, link),
  };
  const reached = await reachContainer(front, entered, sending, affinityOf(route, incoming.headers));
  if (reached === undefined) return;
  if ('remedy' in reached) return answerFailure(answer, reached, { incoming, requestId });
  const { sent, place, timing } = reached;
  note?.reached(place.task.taskId);
  // Whatever way the exchange ends, the place in the container is free then.
  if (sent.upstream.destroyed || answer.destroyed) place.giveBack();
  else {
    sent.upstream.once('close', place.giveBack);
    answer.once('close', () => {
      place.giveBack();
      if (!sent.upstream.complete) sent.upstream.destroy();
    });
  }
  passOn(sent.upstream, answer, serverTiming(sent.upstream, enteredAt - cameAt, timing));
};

const serverTiming = (upstream: IncomingMessage, routeMs: number, timing: WayTiming): string => {
  const app =
    upstream.headers[RELAY_HEADERS.timing] ?? `app;dur=${(performance.now() - timing.sentAt).toFixed(1)}`;
  return `route;dur=${routeMs.toFixed(1)}, queue;dur=${timing.queueMs.toFixed(1)}, start;dur=${timing.startMs.toFixed(1)}, ${String(app)}`;
};
