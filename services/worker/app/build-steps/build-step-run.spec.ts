import { jest } from '@jest/globals';
import { refuse, RefusedError } from '@slipway/kernel';
import { BuildStepRun } from './build-step-run.js';
import { StepFailedError } from './step-failed-error.js';
import type { StepLog } from './step-log.js';

const MINUTE_MS = 60_000;
const layer = { digest: 'd'.repeat(64), sizeBytes: 1 };

describe('a build step', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  /** Says something without end, until it is stopped. */
  const chatter = async (log: StepLog, stopped: AbortSignal): Promise<typeof layer> => {
    for (let unhindered = 0; !stopped.aborted && unhindered < 1000; unhindered += 1) {
      const room = log.add({ stream: 'stdout', data: 'x'.repeat(32 * 1024) });
      if (room !== undefined) unhindered = 0;
      await room;
    }
    throw new Error('killed');
  };
  const started = (): { run: BuildStepRun; left: jest.Mock } => {
    const left = jest.fn();
    return { run: new BuildStepRun(chatter, { onLeft: left, onFault: () => undefined }), left };
  };

  test('that nobody asks for goes on for a minute and no longer', async () => {
    const { run, left } = started();
    await jest.advanceTimersByTimeAsync(MINUTE_MS - 1);
    expect([run.isGivenUp, left.mock.calls.length]).toEqual([false, 0]);
    await jest.advanceTimersByTimeAsync(1);
    expect([run.isGivenUp, left.mock.calls.length]).toEqual([true, 1]);
    await run.done;
  });

  test('goes on as long as somebody asks for it', async () => {
    const { run, left } = started();
    let afterEntry = 0;
    for (let asked = 0; asked < 100; asked += 1) {
      ({ lastEntry: afterEntry } = await run.progress(afterEntry, 0));
      await jest.advanceTimersByTimeAsync(10_000);
    }
    expect(afterEntry).toBeGreaterThan(1_000);
    expect(left).not.toHaveBeenCalled();
    await run.stop();
  });

  test('that has ended is not given up: its result waits for who asks', async () => {
    const run = new BuildStepRun(async () => layer, { onLeft: () => undefined, onFault: () => undefined });
    await run.done;
    await jest.advanceTimersByTimeAsync(2 * MINUTE_MS);
    await run.stop();
    expect(run.isGivenUp).toBe(false);
    expect(await run.progress(0, 0)).toEqual({ logs: [], lastEntry: 0, result: { ok: true, layer } });
  });

  test.each([
    ['its own doing', new StepFailedError('make: exited with code 2', 2), { exitCode: 2 }],
    ['a refusal', new RefusedError(refuse('not-found', 'mount-not-found', 'no such mount')), {}],
    ['a fault of the platform', new Error('fetch failed'), { fault: 'platform' }],
  ] as const)('that fails says whether it was %s', async (_whose, error, told) => {
    const failing = (): Promise<never> => Promise.reject(error);
    const run = new BuildStepRun(failing, { onLeft: () => undefined, onFault: () => undefined });
    await run.done;
    expect((await run.progress(0, 0)).result).toEqual({ ok: false, message: error.message, ...told });
  });

  test('that is stopped has no result: it is to be run elsewhere', async () => {
    const { run } = started();
    const asked = run.progress(10_000, 10_000);
    await run.stop();
    expect(run.isGivenUp).toBe(true);
    expect((await asked).result).toBeUndefined();
  });
});
