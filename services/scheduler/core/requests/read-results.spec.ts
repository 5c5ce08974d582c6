import { jest } from '@jest/globals';
import type { OutputItem } from '@slipway/contracts';
import { restoreSnapshot, takeSnapshot } from '../hot-state/snapshot.js';
import { describeState } from '../testing/describe-state.testing.js';
import { foldAll } from '../testing/scheduler-process.testing.js';
import { WORKSPACE } from '../testing/samples.testing.js';
import { SchedulerScene } from '../testing/scheduler-scene.testing.js';

const MINUTE_MS = 60_000;
const RESULT_BYTES = 8 * 1024;
const ROOM_BYTES = 4 * RESULT_BYTES;
const inputIds = Array.from({ length: 40 }, (_, idx) => `in-${idx}`);
const resultOf = (inputId: string): string => Buffer.from(inputId.padEnd(RESULT_BYTES)).toString('base64');
const call = { callId: 'fc-1', workspaceId: WORKSPACE };

/** A map with ten times the results that have room in memory. */
class LargeMap extends SchedulerScene {
  static async running(): Promise<LargeMap> {
    const scene = new LargeMap(undefined, ROOM_BYTES);
    await scene.deploy({ maxConcurrentInputs: inputIds.length });
    await scene.take(await scene.started(inputIds), { maxInputs: inputIds.length });
    return scene;
  }

  static async make(): Promise<LargeMap> {
    const scene = await LargeMap.running();
    await scene.putAll();
    return scene;
  }

  putAll(): Promise<unknown> {
    const outputs = inputIds.map((inputId) => ({
      ...{ inputId, retryCount: 0 },
      outcome: { kind: 'success', dataFormat: 'pickle', payload: { inline: resultOf(inputId) } } as const,
    }));
    return this.requests['put-outputs']({ taskId: 'ta-1', workerId: 'wo-1', outputs });
  }

  heldBytes(): number {
    const outcomes = [...this.process.state.inputs.values()].map((input) =>
      input.status === 'finished' && 'payload' in input.outcome ? input.outcome : undefined,
    );
    return JSON.stringify(outcomes.filter((outcome) => outcome !== undefined)).length;
  }

  async allOutputs(): Promise<readonly OutputItem[]> {
    const all: OutputItem[] = [];
    while (all.length < inputIds.length) {
      const { outputs, lastEntry } = await this.outputs('fc-1', all.at(-1)?.entry ?? 0, 7);
      expect(lastEntry).toBe(outputs.at(-1)?.entry);
      all.push(...outputs);
    }
    return all;
  }
}

const whole = inputIds.map((inputId, idx) =>
  expect.objectContaining({
    ...{ entry: idx + 1, idx, inputId, taskId: 'ta-1' },
    outcome: { kind: 'success', dataFormat: 'pickle', payload: { inline: resultOf(inputId) } },
  }),
);

describe('a map with more results than have room in memory', () => {
  test('takes no more than that room, and is answered whole and in order', async () => {
    const scene = await LargeMap.make();
    expect(scene.heldBytes()).toBeLessThanOrEqual(ROOM_BYTES);
    expect(scene.heldBytes()).toBeGreaterThan(RESULT_BYTES);
    expect(await scene.allOutputs()).toEqual(whole);
    expect(await scene.requests['get-call'](call)).toMatchObject({ succeededInputs: inputIds.length });
  });

  test('is answered by what is durable, though its results went before they were', async () => {
    const scene = await LargeMap.running();
    const [, { outputs }] = await Promise.all([scene.putAll(), scene.outputs('fc-1', 0, 100)]);
    expect(outputs).toEqual(whole);
  });

  test('so after a restart', async () => {
    const scene = await LargeMap.make();
    scene.restart();
    expect(scene.heldBytes()).toBeLessThanOrEqual(ROOM_BYTES);
    expect(await scene.allOutputs()).toEqual(whole);
  });

  test('and when it was let go of and is read back', async () => {
    const scene = await LargeMap.make();
    await scene.evictAfter(11 * MINUTE_MS);
    expect([...scene.process.state.heldResults]).toEqual([]);
    expect(await scene.allOutputs()).toEqual(whole);
    expect(scene.heldBytes()).toBeLessThanOrEqual(ROOM_BYTES);
  });

  test('is the same after a snapshot, which says what makes room next', async () => {
    const { process } = await LargeMap.make();
    const restored = restoreSnapshot(JSON.parse(JSON.stringify(takeSnapshot(process.state))))!;
    expect(describeState(restored)).toBe(describeState(process.state));
    expect([...restored.heldResults]).toEqual([...process.state.heldResults]);
  });

  test('has its inputs run again for a client, whether the log alone has their results or not', async () => {
    const scene = await LargeMap.make();
    const again = { retryCount: 1, args: { inline: '' } };
    const inputs = ['in-0', 'in-39'].map((inputId) => ({ inputId, ...again }));
    await scene.requests['retry-inputs']({ ...call, inputs });
    const { outputs, unfinishedInputs } = await scene.outputs('fc-1', 0, inputIds.length - 2);
    expect(outputs.map(({ inputId }) => inputId)).toEqual(inputIds.slice(1, -1));
    expect(unfinishedInputs).toBe(2);
    expect([...scene.process.state.heldResults].map(([inputId]) => inputId)).not.toContain('in-39');
  });
});

test('a snapshot from before results were let go of is read', async () => {
  const scene = await LargeMap.make();
  const { heldResults: _, ...taken } = takeSnapshot(foldAll(scene.log.events));
  const restored = restoreSnapshot(JSON.parse(JSON.stringify({ ...taken, format: 5 })));
  expect(restored?.inputs.get('in-0')).toMatchObject({
    outcome: { payload: { inline: resultOf('in-0') } },
  });
});

test('a call that several ask for at once is read back once', async () => {
  const scene = await LargeMap.make();
  await scene.evictAfter(11 * MINUTE_MS);
  const readStream = jest.spyOn(scene.log, 'readStream');
  const answers = await Promise.all([1, 2, 3].map(() => scene.requests['get-call'](call)));
  expect(answers.map(({ succeededInputs }) => succeededInputs)).toEqual([40, 40, 40]);
  expect(readStream.mock.calls.filter(([stream]) => stream === 'call-fc-1')).toHaveLength(1);
});
