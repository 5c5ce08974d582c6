import type { Digest } from '@slipway/contracts';
import { putWithPatience } from './blob-store-contents.js';

test('a file of a build is stored as something that goes when nothing refers to it', async () => {
  const stored: string[] = [];
  const objects = {
    putFile: async (body: Buffer) => {
      stored.push(body.toString());
      return 'd1' as Digest;
    },
  };
  expect(await putWithPatience(objects, Buffer.from('flask=3\n'))).toEqual({ digest: 'd1', sizeBytes: 8 });
  expect(stored).toEqual(['flask=3\n']);
});
