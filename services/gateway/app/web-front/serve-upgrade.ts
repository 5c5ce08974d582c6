import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import { answerHeaders, requestHeaders } from './forwarded-headers.js';
import { affinityOf } from './affinity.js';
import { CLIENT_LEFT, noteRequest } from './note-request.js';
import { reachContainer } from './reach-container.js';
import { passOn } from './relay-answer.js';
import { answerFailure, isFailure, type WebFront } from './web-front.js';

/** Carries a WebSocket, or another protocol that HTTP/1.1 is left for, between a client and a container: raw both ways once it is agreed on. */
export const serveUpgrade = async (
  front: WebFront,
  host: string,
  incoming: IncomingMessage,
  client: Duplex,
  firstBytes: Buffer,
): Promise<void> => {
  const leaving = new AbortController();
  client.once('close', () => leaving.abort());
  client.on('error', () => client.destroy());
  const answer = plainAnswer(incoming, client);
  const way = { host, incoming, answer, client, firstBytes, leaving: leaving.signal };
  await upgradeByContainer(front, way).catch((error: unknown) =>
    answerFailure(answer, front.trouble(error), { incoming, requestId: front.newRequestId() }),
  );
};

type Way = Readonly<{
  host: string;
  incoming: IncomingMessage;
  answer: ServerResponse;
  client: Duplex;
  firstBytes: Buffer;
  leaving: AbortSignal;
}>;

const upgradeByContainer = async (
  front: WebFront,
  { host, incoming, answer, client, firstBytes, leaving }: Way,
): Promise<void> => {
  const entered = await front.enter(host, incoming, leaving);
  if (isFailure(entered)) {
    answerFailure(answer, entered, { incoming, requestId: front.newRequestId() });
    return;
  }
  const { route, requestId } = entered;
  const note = noteRequest(front, entered, incoming);
  let status = CLIENT_LEFT;
  client.once('close', () => note?.over(answer.headersSent ? answer.statusCode : status));
  const headers = withoutLength(
    requestHeaders(incoming, { method: route.method, key: front.parts.internalKey, requestId }),
  );
  headers.push('connection', 'Upgrade', 'upgrade', incoming.headers.upgrade ?? 'websocket');
  const sending = {
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    headers,
    body: { kind: 'none' },
    incoming,
    isUpgrade: true,
    mayCome: () => undefined,
    signal: leaving,
  } as const;
  const reached = await reachContainer(front, entered, sending, affinityOf(route, incoming.headers));
  if (reached === undefined) return;
  if ('remedy' in reached) return answerFailure(answer, reached, { incoming, requestId });
  const { sent, place } = reached;
  note?.reached(place.task.taskId);
  if (sent.kind === 'answered') {
    sent.upstream.once('close', place.giveBack);
    passOn(sent.upstream, answer, `request;desc="${requestId}"`);
    return;
  }
  const { upstream, socket } = sent;
  status = 101;
  const lines = [`HTTP/1.1 101 ${upstream.statusMessage ?? 'Switching Protocols'}`];
  const agreed = answerHeaders(upstream.rawHeaders, [
    'connection',
    'Upgrade',
    'upgrade',
    upstream.headers.upgrade ?? 'websocket',
  ]);
  for (let index = 0; index < agreed.length; index += 2) lines.push(`${agreed[index]}: ${agreed[index + 1]}`);
  client.write(`${lines.join('\r\n')}\r\n\r\n`);
  if (sent.firstBytes.length > 0) client.write(sent.firstBytes);
  if (firstBytes.length > 0) socket.write(firstBytes);
  joinSockets(client, socket, place.giveBack);
};

/** What follows the head of an upgrade is of the next protocol, whatever the head says of a body. */
const withoutLength = (flat: readonly string[]): string[] =>
  flat.filter((_, at) => flat[at - (at % 2)]!.toLowerCase() !== 'content-length');

/** Bytes both ways until one side is gone; then the other goes too. */
export const joinSockets = (client: Duplex, socket: Duplex, over: () => void): void => {
  client.pipe(socket);
  socket.pipe(client);
  socket.on('error', () => socket.destroy());
  client.once('close', () => socket.destroy());
  socket.once('close', () => {
    over();
    client.end();
  });
};

/** For an answer that is not the upgrade: the connection ends with it. */
const plainAnswer = (incoming: IncomingMessage, client: Duplex): ServerResponse => {
  const answer = new ServerResponse(incoming);
  answer.shouldKeepAlive = false;
  answer.assignSocket(client as Socket);
  answer.once('finish', () => client.end());
  return answer;
};
