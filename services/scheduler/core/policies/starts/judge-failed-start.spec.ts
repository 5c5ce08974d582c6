import type { ExitReason } from '@slipway/contracts';
import {
  judgeFailedStart,
  LONGEST_OUTAGE_MS,
  mayStartAgain,
  NO_TROUBLE,
  QUIET_MS,
  type FailedStart,
  type StartTrouble,
} from './judge-failed-start.js';

const failed = (reason: ExitReason, changes: Partial<FailedStart> = {}): FailedStart => ({
  reason,
  beganAt: 0,
  saidWhy: false,
  othersRun: false,
  ...changes,
});

/** What is made of starts that fail one after the other, each as soon as it may be tried. */
const after = (
  starts: readonly FailedStart[],
): Readonly<{ trouble: StartTrouble; gaveUp: readonly boolean[] }> => {
  const gaveUp: boolean[] = [];
  let trouble = NO_TROUBLE;
  for (const start of starts) {
    const at = trouble.pausedUntil;
    const judged = judgeFailedStart(trouble, { ...start, beganAt: at }, at);
    gaveUp.push(judged.giveUp);
    ({ trouble } = judged);
  }
  return { trouble, gaveUp };
};

describe('a start that failed', () => {
  test.each(['init-failure', 'image-failed', 'startup-timeout'] as const)(
    'by %s answers those that wait',
    (reason) => expect(after([failed(reason)]).gaveUp).toEqual([true]),
  );

  test('with a word on what failed answers those that wait', () => {
    expect(after([failed('user-error', { saidWhy: true })]).gaveUp).toEqual([true]);
  });

  test('for no stated reason does so with the third in a row, and is tried again at once', () => {
    const { trouble, gaveUp } = after(Array.from({ length: 3 }, () => failed('out-of-memory')));
    expect(gaveUp).toEqual([false, false, true]);
    expect(mayStartAgain(trouble, true, trouble.pausedUntil - 1)).toBe(true);
    expect(mayStartAgain(trouble, false, trouble.pausedUntil - 1)).toBe(false);
  });

  test('while another container runs answers nobody', () => {
    const starts = Array.from({ length: 5 }, () => failed('init-failure', { othersRun: true }));
    expect(after(starts).gaveUp).not.toContain(true);
  });
});

describe('a start that failed by the platform', () => {
  const outage = (starts: number) => Array.from({ length: starts }, () => failed('platform-error'));

  test('answers nobody before ten minutes of nothing else, and then all', () => {
    let trouble = NO_TROUBLE;
    const began = 1_000;
    for (let at = began; at < began + LONGEST_OUTAGE_MS; at += 1_000) {
      const judged = judgeFailedStart(trouble, failed('platform-error', { beganAt: at }), at);
      expect(judged.giveUp).toBe(false);
      trouble = judged.trouble;
    }
    expect(judgeFailedStart(trouble, failed('platform-error'), began + LONGEST_OUTAGE_MS).giveUp).toBe(true);
  });

  test('long after the last one that failed is the first of another outage, unless it itself took so long', () => {
    const { trouble: old } = after(outage(4));
    const at = old.pausedUntil + LONGEST_OUTAGE_MS;
    const fresh = judgeFailedStart(old, failed('platform-error', { beganAt: at }), at);
    expect(fresh).toEqual(judgeFailedStart(NO_TROUBLE, failed('platform-error', { beganAt: at }), at));
    expect(fresh.giveUp).toBe(false);
    const beganAt = old.pausedUntil + QUIET_MS;
    expect(judgeFailedStart(old, failed('platform-error', { beganAt }), at).giveUp).toBe(true);
  });

  test('waits longer each time, up to a minute, also where inputs wait', () => {
    const pauses = Array.from({ length: 9 }, (_, before) => after(outage(before + 1)).trouble.startPauseMs);
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    const { trouble } = after(outage(4));
    expect(mayStartAgain(trouble, true, trouble.pausedUntil - 1)).toBe(false);
    expect(mayStartAgain(trouble, true, trouble.pausedUntil)).toBe(true);
  });

  test('together with others waits as one', () => {
    let trouble = NO_TROUBLE;
    for (const at of [100, 101, 102, 103])
      ({ trouble } = judgeFailedStart(trouble, failed('platform-error'), at));
    expect(trouble).toMatchObject({ startPauseMs: 500, pausedUntil: 603 });
  });

  test('does not count among those that fail for no stated reason, and begins anew after one', () => {
    const { trouble, gaveUp } = after([...outage(5), failed('out-of-memory')]);
    expect(gaveUp).not.toContain(true);
    expect(trouble).toMatchObject({ failedStarts: 1 });
    expect(trouble.platformFailsSince).toBeUndefined();
  });
});
