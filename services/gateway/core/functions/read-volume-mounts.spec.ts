import { readVolumeMounts, type VolumeMountRequest } from './read-volume-mounts.js';

const mount = (fields: Partial<VolumeMountRequest> = {}): VolumeMountRequest => ({
  volumeId: 'vo-1',
  mountPath: '/data',
  allowBackgroundCommits: true,
  readOnly: false,
  ...fields,
});

test('a volume is mounted as it was asked for', () => {
  expect(
    readVolumeMounts([
      mount(),
      mount({ volumeId: 'vo-2', mountPath: '/root/models', readOnly: true, subPath: '/users/./me/' }),
    ]),
  ).toEqual([
    { volumeId: 'vo-1', mountPath: '/data', access: 'write', commits: 'background' },
    {
      volumeId: 'vo-2',
      mountPath: '/root/models',
      access: 'read',
      commits: 'background',
      subPath: 'users/me',
    },
  ]);
});

test.each([
  [{ mountPath: '/' }, 'mount-path-taken'],
  [{ mountPath: '/root' }, 'mount-path-taken'],
  [{ mountPath: '/__modal/volumes' }, 'mount-path-taken'],
  [{ mountPath: 'data' }, 'mount-path-not-canonical'],
  [{ mountPath: '' }, 'mount-path-not-canonical'],
  [{ mountPath: '/data/../etc' }, 'mount-path-not-canonical'],
  [{ mountPath: '/data//x' }, 'mount-path-not-canonical'],
  [{ subPath: 'a/../../b' }, 'sub-path-wrong'],
])('%j is refused', (fields, code) => {
  expect(readVolumeMounts([mount(fields)])).toMatchObject({ refused: 'invalid', code });
});

test.each([
  [{ mountPath: '/other' }, 'volume-mounted-twice'],
  [{ volumeId: 'vo-2' }, 'mount-path-taken'],
  [{ volumeId: 'vo-2', mountPath: '/data/inside' }, 'mount-path-nested'],
])('beside a volume at /data, %j is refused', (fields, code) => {
  expect(readVolumeMounts([mount(), mount(fields)])).toMatchObject({ refused: 'invalid', code });
});
