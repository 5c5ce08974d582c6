import type { Ports } from '../ports.js';
import { ObjectShelf } from './object-shelf.js';

test('what was received is not kept when it cannot be stored', async () => {
  const calls: string[] = [];
  const received = {
    digest: 'd'.repeat(64),
    sizeBytes: 1,
    md5Hex: 'm',
    commit: async () => Promise.reject(new Error('S3 is away')),
    discard: async () => void calls.push('discard'),
  };
  const shelf = new ObjectShelf({
    objects: { receive: async () => received },
    records: { putObject: async () => void calls.push('put-object') },
    now: () => 0,
  } as unknown as Ports);
  await expect(shelf.put([] as never, { kept: true, expected: {} })).rejects.toThrow('S3 is away');
  expect(calls).toEqual(['discard']);
});
