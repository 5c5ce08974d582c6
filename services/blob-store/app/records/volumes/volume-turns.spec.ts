import { overPostgres } from '../../../../../tools/testing/over-postgres.ts';
import { VolumesScene } from './volumes-scene.testing.js';

const scene = new VolumesScene();
overPostgres((databaseUrl) => scene.open(databaseUrl));

const gate = (): { opened: Promise<void>; open: () => void } => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
};

test('however many wait for a commit of their volume, others are served, and a commit is made once', async () => {
  const [volume, other] = [await scene.newVolume(), await scene.newVolume()];
  const { volumes, volumeTrees } = scene.store;
  const began = gate();
  const end = gate();
  let decisions = 0;
  const slowly = () =>
    scene.opened.volumes.commit({ ...volume, commitId: 'slow', parts: 0, at: scene.now }, async () => {
      decisions += 1;
      began.open();
      await end.opened;
      return new Map();
    });
  const slow = slowly();
  await began.opened;
  const waiting = [
    ...Array.from({ length: 20 }, slowly),
    ...Array.from({ length: 20 }, (_, index) =>
      volumeTrees.commit({ ...volume, commitId: `commit-${index}`, parts: 0 }),
    ),
    ...Array.from({ length: 20 }, () => volumes.heartbeat(volume)),
    ...Array.from({ length: 20 }, () => volumes.delete({ ...volume, deletionId: 'deletion' })),
  ];
  try {
    expect(
      await scene.commit(other, { put: { kind: 'directory', path: 'd', mode: 0o755, mtimeMs: 1 } }),
    ).toBe(1);
    expect(await volumeTrees.stage({ ...volume, commitId: 'next', part: 0, changes: [] })).toEqual({});
  } finally {
    end.open();
  }
  await Promise.all([slow, ...waiting]);
  expect(decisions).toBe(1);
  await expect(volumes.get(volume)).rejects.toThrow('does not exist');
});
