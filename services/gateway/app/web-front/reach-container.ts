import type { WebTask } from '@slipway/contracts';
import { mayHaveRun, maySendAgain, type FailedTry, type WebFailure } from '@slipway/gateway-core';
import { abortWithin } from '@slipway/nest-kit';
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

const isBusy = (failed: FailedTry): boolean => failed.how === 'refused' && failed.outcome === 'busy';

const MOST_FAILURES = 20;
const FIRST_PAUSE_MS = 25;
/** A worker that is ending may take connections until the last of its own is closed. */
const FIRST_PAUSE_AFTER_BREAK_MS = 250;
const LONGEST_PAUSE_MS = 2_000;
/** From when a request comes until it has a place: a cold start may take longer than the function itself may. */
const LONGEST_WAIT_MS = 300_000;

/** Sends a request to containers, one after the other where it may be, until one answers. Nothing when the client has left. */
export const reachContainer = async (
  { agent }: WebFront,
  { route, pool }: Entered,
  sending: Sending,
  affinity: string | undefined,
): Promise<Reached | WebFailure | undefined> => {
  const passed = new Set<string>();
  let ranBefore = 0;
  let failures = 0;
  const waitsUntil = performance.now() + Math.max(route.timeoutMs, LONGEST_WAIT_MS);
  const timing: WayTiming = { queueMs: 0, startMs: 0, sentAt: 0 };
  for (;;) {
    const place = pool.tryTake(passed, affinity) ?? (await waitForPlace());
    if (place === undefined) return undefined;
    if (!('giveBack' in place)) return place;
    timing.sentAt = performance.now();
    const sent = await sendToRelay(sending, place, agent);
    if (sent.kind === 'answered' || sent.kind === 'upgraded') return { sent, place, timing };
    const wasBusy = sent.kind === 'failed' && isBusy(sent.failed);
    if (wasBusy) place.giveBackRefused();
    else place.giveBack();
    if (sent.kind === 'left') return undefined;
    if (!wasBusy) {
      failures += 1;
      settleFailure(place.task, sent.failed);
    }
    const again = { method: sending.method, bodyIsHeld: sent.bodyIsWhole, ranBefore };
    // A place that is not free yet is a wait like that for a container, and ends with it.
    const isOver = wasBusy && performance.now() >= waitsUntil;
    if (isOver || failures >= MOST_FAILURES || !maySendAgain(again, sent.failed))
      return noAnswer(route, sent.failed, sent.reason);
    if (mayHaveRun(sent.failed)) ranBefore += 1;
  }

  /**
   * Containers that are going are never asked again by this request; others when they may have come back. A connection that
   * broke may have been its worker's end, and so the end of all its containers.
   */
  function settleFailure(task: WebTask, failed: FailedTry): void {
    const { taskId } = task;
    const firstPauseMs = failed.how === 'broken' ? FIRST_PAUSE_AFTER_BREAK_MS : FIRST_PAUSE_MS;
    const pauseMs = firstPauseMs * 2 ** (failures - 1);
    if (failed.how === 'refused' && failed.outcome !== 'failed') passed.add(taskId);
    else {
      const suspects = failed.how === 'broken' ? pool.tasksBehind(task.relayUrl) : [];
      pool.passBriefly(passed, [taskId, ...suspects], Math.min(LONGEST_PAUSE_MS, pauseMs));
    }
    pool.leaveOut(taskId);
  }

  async function waitForPlace(): Promise<Place | WebFailure | undefined> {
    const since = performance.now();
    const { signal, end } = abortWithin(Math.max(0, waitsUntil - since), sending.signal);
    const place = await pool
      .wait({ passed, signal, ...(affinity === undefined ? {} : { affinity }) })
      .finally(end);
    const waitedMs = performance.now() - since;
    if (place === undefined) return sending.signal.aborted ? undefined : waitedTooLong(route, pool.problem);
    if (isProblem(place)) return noContainer(route, place);
    timing.startMs += place.coldMs;
    timing.queueMs += Math.max(0, waitedMs - place.coldMs);
    return place;
  }
};
