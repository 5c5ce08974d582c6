import { setTimeout as pause } from 'node:timers/promises';
import type { AwaitBuildStep, BuildStep, BuildStepProgress } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import { WorkerSteps } from './worker-steps.js';

const step: Omit<BuildStep, 'stepId'> = {
  workspaceId: 'ours',
  base: [],
  env: {},
  workdir: '/',
  action: { kind: 'run', argv: ['true'], secretIds: [], timeoutMs: 1 },
};
const times = { claimPauseMs: 0, restartPauseMaxMs: 0, askEachMs: 15_000, gpusWithinMs: 60_000 };
const layer = { digest: 'd'.repeat(64), sizeBytes: 1 };
const line = (data: string) => ({ stream: 'stdout' as const, data });

/** Workers that take any step and answer by `follow`. */
const workers = (follow: (question: AwaitBuildStep) => BuildStepProgress) =>
  ({
    request: async () => ({ workerId: 'wo-1' }),
    park: async (_name: string, question: AwaitBuildStep) => follow(question),
  }) as never;

describe('a step on a worker', () => {
  test('is asked for no more of what it says while there is no room for that', async () => {
    const said: string[] = [];
    let makeRoom = (): void => undefined;
    const room = new Promise<void>((resolve) => (makeRoom = resolve));
    const bus = workers(({ afterEntry }) =>
      afterEntry === 0
        ? { logs: [line('one')], lastEntry: 1 }
        : { logs: [line('two')], lastEntry: 2, result: { ok: true, layer } },
    );
    const running = new WorkerSteps(bus, {} as never, () => room).run(step, (data) => void said.push(data));
    await pause(20);
    expect(said).toEqual(['one']);
    makeRoom();
    expect(await running).toEqual({ ok: true, layer, output: 'onetwo' });
    expect(said).toEqual(['one', 'two']);
  });

  test('is asked for all the same while there is no room, so that its worker knows that somebody follows it', async () => {
    const asked: number[] = [];
    let makeRoom = (): void => undefined;
    const room = new Promise<void>((resolve) => (makeRoom = resolve));
    const said: string[] = [];
    const bus = workers(({ afterEntry }) => {
      asked.push(afterEntry);
      if (asked.length === 3) makeRoom();
      return afterEntry === 0
        ? { logs: [line('one')], lastEntry: 1 }
        : { logs: [line('two')], lastEntry: 2, result: { ok: true, layer } };
    });
    const steps = new WorkerSteps(bus, {} as never, () => room, { ...times, askEachMs: 1 });
    await steps.run(step, (data) => void said.push(data));
    expect([asked, said]).toEqual([
      [0, 0, 0, 1],
      ['one', 'two'],
    ]);
  });

  test('that failed says so, but for a fault of the platform, after which the build goes on later', async () => {
    const failed = { ok: false, message: 'fetch failed' } as const;
    const running = (result: NonNullable<BuildStepProgress['result']>) =>
      new WorkerSteps(
        workers(() => ({ logs: [], lastEntry: 0, result })),
        {} as never,
        async () => undefined,
      ).run(step, () => undefined);
    expect(await running(failed)).toEqual({ ...failed, output: '' });
    await expect(running({ ...failed, fault: 'platform' })).rejects.toThrow('worker wo-1: fetch failed');
  });

  test('that its worker has given up starts again as another, each time after a longer pause, up to a bound', async () => {
    const asked = new Set<string>();
    const bus = workers(({ stepId }) => {
      asked.add(stepId);
      if (asked.size <= 5) throw new RefusedError(refuse('not-found', 'build-step-not-here', 'given up'));
      return { logs: [], lastEntry: 0, result: { ok: true, layer } };
    });
    const paused: number[] = [];
    const growing = { ...times, claimPauseMs: 1_000, restartPauseMaxMs: 5_000 };
    const wait = async (ms: number): Promise<void> => void paused.push(ms);
    const steps = new WorkerSteps(bus, {} as never, async () => undefined, growing, wait);
    expect(await steps.run(step, () => undefined)).toMatchObject({ ok: true });
    expect(asked.size).toBe(6);
    expect(paused).toEqual([1_000, 2_000, 4_000, 5_000, 5_000]);
  });

  describe('that asks for GPUs', () => {
    const gpuStep: typeof step = {
      ...step,
      action: { kind: 'run', argv: ['true'], secretIds: [], gpu: { type: 'H100', count: 2 }, timeoutMs: 1 },
    };
    const notHere = new RefusedError(refuse('unavailable', 'gpus-not-here', 'none'));
    /** Workers that refuse a step so often before one takes it. */
    const refusing = (often: number) => {
      const willing: object = workers(() => ({ logs: [], lastEntry: 0, result: { ok: true, layer } }));
      let asked = 0;
      const request = async () => {
        asked += 1;
        if (asked <= often) throw notHere;
        return { workerId: 'wo-1' };
      };
      return { ...willing, request } as never;
    };
    const run = (bus: never, gpusWithinMs: number, log: string[] = []) =>
      new WorkerSteps(bus, {} as never, async () => undefined, { ...times, gpusWithinMs }).run(
        gpuStep,
        (data) => log.push(data),
      );

    test('waits for a worker that has them, and says for what it waits', async () => {
      const log: string[] = [];
      expect(await run(refusing(5), 60_000, log)).toMatchObject({ ok: true });
      expect(log).toEqual(['waiting for a worker with 2 × GPU H100 for this step\n']);
    });

    test('fails when no worker has them for as long as it may take to ask each', async () => {
      await expect(run(refusing(Infinity), 0)).rejects.toThrow(
        'no worker of this site has 2 × GPU H100 for this step',
      );
    });
  });
});
