import * as fc from 'fast-check';
import { judgeWorker, LONGEST_PAUSE_MS, trialOf, type WorkerTrouble } from './judge-worker.js';

const message = 'no space left on device';

/** What is known after so many starts that failed at once, each begun when the pause was over. */
const after = (failures: number): WorkerTrouble => {
  let trouble = judgeWorker(undefined, { beganAt: 0, message }, 0);
  for (let failed = 1; failed < failures; failed += 1) {
    const at = trouble.pausedUntil;
    trouble = judgeWorker(trouble, { beganAt: at, message }, at);
  }
  return trouble;
};

describe('a worker on which the platform fails starts', () => {
  test('is passed over longer each time, up to two minutes', () => {
    const ends = [1, 2, 3, 4, 5, 6, 7].map((failures) => after(failures).pausedUntil / 1_000);
    const pauses = ends.map((end, index) => end - (ends[index - 1] ?? 0));
    expect(pauses).toEqual([5, 10, 20, 40, 80, 120, 120]);
    expect(after(7)).toMatchObject({ failedStarts: 7, message });
  });

  test('is judged once by starts that failed together, however late, and by those of its pause', () => {
    const trouble = after(2);
    for (const beganAt of [0, 1, trouble.pausedUntil - 1])
      expect(judgeWorker(trouble, { beganAt, message }, trouble.pausedUntil + 60_000)).toBe(trouble);
  });

  test('gets one start after the pause, and no second one before that has ended', () => {
    const trouble = after(1);
    const { pausedUntil } = trouble;
    expect(trialOf(trouble, 0, pausedUntil - 1)).toEqual({ passedOverUntil: pausedUntil });
    expect(trialOf(trouble, 0, pausedUntil)).toEqual({ freeStarts: 1 });
    expect(trialOf(trouble, 1, pausedUntil)).toEqual({ passedOverUntil: pausedUntil });
  });

  test('is tried again within two minutes of its last failure, whatever failed there and when', () => {
    const failures = fc.array(fc.record({ sinceLastMs: fc.nat(300_000), tookMs: fc.nat(600_000) }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(failures, (told) => {
        let at = 0;
        let trouble: WorkerTrouble | undefined;
        for (const { sinceLastMs, tookMs } of told) {
          at += sinceLastMs;
          trouble = judgeWorker(trouble, { beganAt: at - tookMs, message }, at);
          expect(trialOf(trouble, 0, at + LONGEST_PAUSE_MS)).toEqual({ freeStarts: 1 });
        }
      }),
    );
  });
});
