import type { IncomingMessage } from 'node:http';
import type { Entered, WebFront } from './web-front.js';

/** Says what a request was answered, once it is over. */
export type RequestNote = Readonly<{ reached: (taskId: string) => void; over: (status: number) => void }>;

const LONGEST_ROUTE = 300;
/** The client left before it was answered. */
export const CLIENT_LEFT = 499;

/** Begins to note a request; nothing for functions, of which only what they are called is kept. */
export const noteRequest = (
  { parts: { notes } }: WebFront,
  { route, requestId, cameAt }: Entered,
  { method = 'GET', url = '/' }: Pick<IncomingMessage, 'method' | 'url'>,
): RequestNote | undefined => {
  if (route.kind !== 'server' || notes === undefined) return undefined;
  const at = Date.now();
  const [path = '/'] = url.split('?', 1);
  let container = '';
  let isOver = false;
  return {
    reached: (taskId) => (container = taskId),
    over: (status) => {
      if (isOver) return;
      isOver = true;
      notes.add({
        requestId,
        functionId: route.functionId,
        cameAt: at,
        durationMs: performance.now() - cameAt,
        status,
        taskId: container,
        route: `${method} ${path}`.slice(0, LONGEST_ROUTE),
      });
    },
  };
};
