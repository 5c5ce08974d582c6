import type { AnswerOf, CreateCall, Outcome } from '@slipway/contracts';
import type { KnownImage } from '@slipway/image-builder-core';
import { refuse, RefusedError } from '@slipway/kernel';
import { runBuildFunction } from './run-build-function.js';

/** How a call ends: what its container leaves once its output is there, its outcome, or a refusal. */
type End = AnswerOf<'scheduler.get-captured-layer'> | Outcome | RefusedError;

const image = {
  workspaceId: 'ws',
  attempt: 1,
  defined: { imageId: 'im-1', definition: { buildFunction: { functionId: 'fu-1', inputFormat: 'pickle' } } },
} as unknown as KnownImage;
const layer = { digest: 'd'.repeat(64), sizeBytes: 1 };
const layerLeft: End = { ended: true, reason: 'finished', layer };
const hostLost: End = { ended: true, reason: 'host-lost', message: 'the worker wo-1 is gone' };
const built = { ok: true, layer, output: '' };

/** A scheduler in which the first call ends like the first of `ends`, and so on; those beyond like the last. */
const scheduler = (ends: readonly End[], others: readonly string[] = []) => {
  const callIds: string[] = [];
  const functionIds: string[] = [];
  const said: string[] = [];
  const endOf = (callId: string) => ends[Math.min(callIds.indexOf(callId), ends.length - 1)]!;
  const bus = {
    persist: async (name: string, { callId, functionId }: CreateCall) => {
      if (name === 'scheduler.get-call') {
        if (callIds.includes(callId)) return;
        throw new RefusedError(refuse('not-found', 'call-not-found', 'no such call'));
      }
      if (!callIds.includes(callId)) {
        callIds.push(callId);
        functionIds.push(functionId);
      }
      const end = endOf(callId);
      if (end instanceof RefusedError) throw end;
    },
    park: async (name: string, { callId }: { callId: string }) => {
      const end = endOf(callId);
      if (name === 'scheduler.get-captured-layer') return end;
      return { outputs: [{ outcome: 'kind' in end ? end : { kind: 'success' } }] };
    },
  };
  const run = (asking = others) =>
    runBuildFunction(bus as never, image, {
      others: () => asking,
      putBlob: async () => ({ inline: '' }),
      log: (text) => void said.push(text),
    });
  return { functionIds, said, run };
};

describe('a builder function', () => {
  test('whose container is lost before its layer is safe runs again', async () => {
    const { functionIds, said, run } = scheduler([hostLost, layerLeft]);
    expect(await run()).toEqual(built);
    expect(functionIds).toEqual(['fu-1', 'fu-1']);
    expect(said).toEqual(['the builder function left no layer: the worker wo-1 is gone; it runs again\n']);
  });

  test('is found again in its last run by a builder that restarts', async () => {
    const { functionIds, run } = scheduler([hostLost, layerLeft]);
    await run();
    expect(await run()).toEqual(built);
    expect(functionIds).toHaveLength(2);
  });

  test('whose container is lost each time fails the image in the end', async () => {
    const { functionIds, run } = scheduler([{ ended: true, reason: 'platform-error', message: 'no room' }]);
    const message = 'the builder function left no layer: no room';
    expect(await run()).toEqual({ ok: false, message, output: '' });
    expect(functionIds).toHaveLength(4);
  });

  test('that ended without a layer itself fails the image at once', async () => {
    const { functionIds, run } = scheduler([{ ended: true, reason: 'user-error', message: 'code 1' }]);
    expect(await run()).toMatchObject({ ok: false });
    expect(functionIds).toHaveLength(1);
  });
});

describe('a builder function whose app is stopped', () => {
  const cancelled: End = { kind: 'cancelled', exception: 'the app was stopped: interrupted' };
  const refused = new RefusedError(refuse('conflict', 'app-stopped', 'the app is stopped'));
  const interrupted: End = { ended: true, reason: 'app-stopped' };

  test.each([
    ['while it ran', cancelled],
    ['before it ran', refused],
    ['before its layer was safe', interrupted],
  ])('%s leaves the image to that of another app', async (_when, end) => {
    const { functionIds, run } = scheduler([end, end, layerLeft], ['fu-1', 'fu-2', 'fu-3']);
    expect(await run()).toEqual(built);
    expect(functionIds).toEqual(['fu-1', 'fu-2', 'fu-3']);
  });

  test('is found again in the run of another app by a builder that restarts and knows of none', async () => {
    const { functionIds, run } = scheduler([cancelled, layerLeft], ['fu-2']);
    expect(await run()).toEqual(built);
    expect(await run([])).toEqual(built);
    expect(functionIds).toEqual(['fu-1', 'fu-2']);
  });

  test('fails the image where no other app has asked for it', async () => {
    const { run } = scheduler([cancelled]);
    const message = 'the builder function failed (cancelled): the app was stopped: interrupted';
    expect(await run()).toEqual({ ok: false, message, output: '' });
  });
});
