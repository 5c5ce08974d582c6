import { maySendAgain, type WebFailure } from '@slipway/gateway-core';
import { sendToRelay, type Sending, type Sent } from './send-to-relay.js';
import { isProblem, type Place } from './task-pool.js';
import { noAnswer, noContainer, waitedTooLong } from './web-failures.js';
import type { Entered, WebFront } from './web-front.js';

/** Where a request's time went before its answer's head came, in milliseconds. */
export type WayTiming = { queueMs: number; startMs: number; sentAt: number };

export type Reached = Readonly<{
  sent: Extract<Sent, { kind: 'answered' | 'upgraded' }>;
  place: Place;
  timing: WayTiming;
}>;

const MOST_TRIES = 20;

/** Sends a request to containers, one after the other where it may be, until one answers. Nothing when the client has left. */
export const reachContainer = async (
  { agent }: WebFront,
  { route, pool }: Entered,
  sending: Sending,
  affinity: string | undefined,
): Promise<Reached | WebFailure | undefined> => {
  const passed = new Set<string>();
  const timing: WayTiming = { queueMs: 0, startMs: 0, sentAt: 0 };
  for (let tries = 1; ; tries += 1) {
    const place = pool.tryTake(passed, affinity) ?? (await waitForPlace());
    if (place === undefined) return undefined;
    if (!('giveBack' in place)) return place;
    timing.sentAt = performance.now();
    const sent = await sendToRelay(sending, place.task, agent);
    if (sent.kind === 'answered' || sent.kind === 'upgraded') return { sent, place, timing };
    place.giveBack();
    if (sent.kind === 'left') return undefined;
    const { taskId } = place.task;
    if (sent.failed.how === 'refused' && sent.failed.outcome === 'busy') pool.passBriefly(passed, taskId);
    else if (sent.failed.how === 'broken' || isAway(sent.failed.outcome)) {
      passed.add(taskId);
      pool.leaveOut(taskId);
    }
    if (tries >= MOST_TRIES || !maySendAgain(sending.method, sent.bodyIsWhole, sent.failed))
      return noAnswer(route, sent.failed, sent.reason);
  }

  async function waitForPlace(): Promise<Place | WebFailure | undefined> {
    const since = performance.now();
    const tooLong = AbortSignal.timeout(route.timeoutMs);
    const signal = AbortSignal.any([sending.signal, tooLong]);
    const place = await pool.wait({ passed, signal, ...(affinity === undefined ? {} : { affinity }) });
    const waitedMs = performance.now() - since;
    if (place === undefined) return sending.signal.aborted ? undefined : waitedTooLong(route, pool.problem);
    if (isProblem(place)) return noContainer(route, place);
    timing.startMs += place.coldMs;
    timing.queueMs += Math.max(0, waitedMs - place.coldMs);
    return place;
  }
};

const isAway = (outcome: string): boolean => outcome === 'gone' || outcome === 'draining';
