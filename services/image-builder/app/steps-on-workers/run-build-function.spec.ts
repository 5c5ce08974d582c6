import type { AnswerOf, CreateCall } from '@slipway/contracts';
import type { KnownImage } from '@slipway/image-builder-core';
import { runBuildFunction } from './run-build-function.js';

type Layer = AnswerOf<'scheduler.get-captured-layer'>;

const image = {
  workspaceId: 'ws',
  attempt: 1,
  defined: { imageId: 'im-1', definition: { buildFunction: { functionId: 'fu-1', inputFormat: 'pickle' } } },
} as unknown as KnownImage;
const layer = { digest: 'd'.repeat(64), sizeBytes: 1 };
const success = { kind: 'success' };
const hostLost: Layer = { ended: true, reason: 'host-lost', message: 'the worker wo-1 is gone' };

/** A scheduler that knows each call by its id, and how the first, the second and further calls end. */
const scheduler = (...layers: readonly Layer[]) => {
  const calls: string[] = [];
  const bus = {
    persist: async (_name: string, { callId }: CreateCall) => {
      if (!calls.includes(callId)) calls.push(callId);
    },
    park: async (name: string, { callId }: { callId: string }) =>
      name === 'scheduler.await-outputs'
        ? { outputs: [{ outcome: success }] }
        : layers[Math.min(calls.indexOf(callId), layers.length - 1)],
  };
  const said: string[] = [];
  const run = () =>
    runBuildFunction(bus as never, image, {
      putBlob: async () => ({ inline: '' }),
      log: (text) => void said.push(text),
    });
  return { calls, said, run };
};

test('a builder function whose container is lost before its layer is safe runs again', async () => {
  const { calls, said, run } = scheduler(hostLost, { ended: true, reason: 'finished', layer });
  expect(await run()).toEqual({ ok: true, layer, output: '' });
  expect(calls).toHaveLength(2);
  expect(said).toEqual(['the builder function left no layer: the worker wo-1 is gone; it runs again\n']);
});

test('a builder that restarts finds the same runs again', async () => {
  const { calls, run } = scheduler(hostLost, { ended: true, reason: 'finished', layer });
  await run();
  expect(await run()).toMatchObject({ ok: true });
  expect(calls).toHaveLength(2);
});

test('a platform that loses it each time fails the image in the end', async () => {
  const { calls, run } = scheduler({ ended: true, reason: 'platform-error', message: 'no room' });
  const message = 'the builder function left no layer: no room';
  expect(await run()).toEqual({ ok: false, message, output: '' });
  expect(calls).toHaveLength(4);
});

test('an end of its own without a layer fails the image at once', async () => {
  const { calls, run } = scheduler({ ended: true, reason: 'user-error', message: 'exited with code 1' });
  expect(await run()).toMatchObject({ ok: false });
  expect(calls).toHaveLength(1);
});
