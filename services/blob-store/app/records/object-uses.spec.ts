import { GRACE_MS, type User } from '@slipway/blob-store-core';
import type { Digest } from '@slipway/contracts';
import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { routeOf } from '../http/route.js';
import { once, VolumesScene } from './volumes/volumes-scene.testing.js';

const scene = new VolumesScene();
overPostgres((databaseUrl) => scene.open(databaseUrl));

const put = async (text: string, how: Readonly<{ usedBy?: User; kept?: boolean }>): Promise<Digest> => {
  const order = { kept: false, expected: {}, ...how };
  return (await scene.store.shelf.put(once(Buffer.from(text)), order)).digest;
};

const isThereAfter = async (ms: number, digest: Digest): Promise<boolean> => {
  scene.now += ms;
  await scene.store.collectGarbage();
  return (await scene.store.sizeOf(digest)) !== undefined;
};

describe('a definition', () => {
  test('stays as long as its app, and for a day after it', async () => {
    const digest = await put('of an app', { usedBy: 'ap-1' });
    expect(await isThereAfter(400 * GRACE_MS, digest)).toBe(true);
    scene.ended.add('ap-1');
    expect(await isThereAfter(1, digest)).toBe(true);
    expect(await isThereAfter(GRACE_MS, digest)).toBe(true);
    expect(await isThereAfter(1, digest)).toBe(false);
  });

  test('stays as long as one of those that have the same', async () => {
    const digest = await put('of two', { usedBy: 'ap-2' });
    await put('of two', { usedBy: 'fc-2' });
    scene.now += 2 * GRACE_MS;
    scene.ended.add('ap-2');
    expect(await isThereAfter(1, digest)).toBe(true);
    expect(await isThereAfter(2 * GRACE_MS, digest)).toBe(true);
    scene.ended.add('fc-2');
    expect(await isThereAfter(1, digest)).toBe(true);
    expect(await isThereAfter(GRACE_MS + 1, digest)).toBe(false);
  });

  test('of an app that is not there yet counts as used for a day', async () => {
    scene.ended.add('ap-3');
    const digest = await put('of what comes', { usedBy: 'ap-3' });
    expect(await isThereAfter(GRACE_MS, digest)).toBe(true);
    scene.ended.delete('ap-3');
    expect(await isThereAfter(10 * GRACE_MS, digest)).toBe(true);
  });

  test('that was there before uses were written down stays', async () => {
    const digest = await put('from before', { kept: true });
    await put('from before', { usedBy: 'ap-4' });
    scene.ended.add('ap-4');
    expect(await isThereAfter(2 * GRACE_MS, digest)).toBe(true);
    expect(await isThereAfter(2 * GRACE_MS, digest)).toBe(true);
  });
});

test('what is put for a use is not kept for good, even if nobody is named', () => {
  const route = (query: string) => routeOf('PUT', new URL(`http://blob-store/objects?${query}`));
  expect(route('usedBy=ap-1')).toMatchObject({ action: 'put-object', kept: false, usedBy: 'ap-1' });
  expect(route('usedBy=')).toEqual({ side: 'internal', action: 'put-object', kept: false });
  expect(route('')).toEqual({ side: 'internal', action: 'put-object', kept: true });
});
