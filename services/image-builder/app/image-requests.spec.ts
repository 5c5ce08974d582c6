import type { ImageId, WorkspaceId } from '@slipway/contracts';
import { Images, type ImageCommand, type ImageEvent } from '@slipway/image-builder-core';
import type { BuildLog } from './build-log/build-log.js';
import { ImageRequests } from './image-requests.js';

const DAY_MS = 24 * 3_600_000;
const imageId = 'im-1' as ImageId;
const workspaceId = 'ws' as WorkspaceId;

const failedAt = (at: number): Images => {
  const definition = {
    ...{ dockerfileCommands: [], contextFiles: [], baseImages: [] },
    ...{ secretIds: [], buildArgs: {} },
  };
  const defined = {
    ...{ imageId, workspaceId, environment: 'main', builderVersion: '2025.06', definition },
    cache: 'use',
  } as const;
  const events: ImageEvent[] = [
    { type: 'image-defined', data: defined },
    { type: 'image-failed', data: { imageId, message: 'no' } },
  ];
  const images = new Images();
  events.forEach((event, version) => images.apply({ stream: imageId, version, at, ...event }));
  return images;
};

test('whoever asks for the log of a build after it is gone is told so at once, and how the build ended', async () => {
  const definedAt = Date.now() - 91 * DAY_MS;
  const silent = { after: async (_: ImageId, lastEntry: number) => ({ logs: [], lastEntry }) };
  const requests = new ImageRequests(
    { images: failedAt(definedAt) } as never,
    undefined as never,
    silent as unknown as BuildLog,
    undefined as never,
    90,
  );
  const ask = { imageId, workspaceId, afterEntry: 0, waitMs: 60_000, includeLogsOfFinished: true };
  expect(await requests.await(ask)).toEqual({
    logs: [{ stream: 'info', at: definedAt, data: expect.stringContaining('no longer kept') }],
    lastEntry: 0,
    state: { status: 'failed', message: 'no' },
  });
});

test('who asks for an image that is being built lends its own builder function', async () => {
  const images = new Images();
  const asked: unknown[] = [];
  const ledger = {
    images,
    execute: async (command: ImageCommand) =>
      images.decide(command, 0).forEach((event) => images.apply(event)),
  };
  const builds = { build: (_: ImageId, functionId: unknown) => asked.push(functionId) };
  const requests = new ImageRequests(ledger as never, builds as never, undefined as never, {} as never, 90);
  const define = (functionId: string) =>
    requests.define({
      ...{ workspaceId, environment: 'main', builderVersion: '2025.06' },
      ...{ forceBuild: false, ignoreCache: false },
      definition: {
        ...{ dockerfileCommands: [], contextFiles: [], baseImages: [], secretIds: [], buildArgs: {} },
        buildFunction: { functionId, definitionHash: 'same', inputFormat: 'pickle' },
      },
    });
  expect(await define('fu-1')).toEqual(await define('fu-2'));
  expect(asked).toEqual(['fu-1', 'fu-2']);
});
