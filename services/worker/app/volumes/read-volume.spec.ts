import { jest } from '@jest/globals';
import type { AnswerOf, AskOf, VolumeEntry } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import { readVolume } from './read-volume.js';

type Page = AnswerOf<'blob-store.read-volume'>;

const folder = (path: string): VolumeEntry => ({ path, kind: 'directory', mode: 0o755, mtimeMs: 1 });

test('a reading whose history is forgotten between two pages begins anew, with all that there is', async () => {
  const pages: Page[] = [
    { version: 9, full: false, entries: [folder('a')], removed: [], next: 'a' },
    { version: 9, full: true, entries: [folder('c')], removed: [] },
    { version: 9, full: true, entries: [folder('a')], removed: [], next: 'a' },
    { version: 9, full: true, entries: [folder('c')], removed: [] },
  ];
  const asks: AskOf<'blob-store.read-volume'>[] = [];
  const bus = {
    persist: jest.fn(async (_name: string, ask: AskOf<'blob-store.read-volume'>) => {
      asks.push(ask);
      return pages.shift()!;
    }),
  } as unknown as Bus;
  const volume = { workspaceId: 'ours', volumeId: 'vo-1' };
  expect(await readVolume(bus, volume, 3)).toEqual({
    full: true,
    version: 9,
    entries: [folder('a'), folder('c')],
    removed: [],
  });
  expect(asks.map(({ since, after }) => [since, after])).toEqual([
    [3, undefined],
    [3, 'a'],
    [undefined, undefined],
    [undefined, 'a'],
  ]);
});
