import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectStoreSuite } from '../object-store.suite.js';
import { DiskObjectStore } from './disk-object-store.js';

let folder = '';
afterAll(() => rm(folder, { recursive: true, force: true }));

objectStoreSuite('on disk', async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-objects-'));
  return {
    store: new DiskObjectStore(folder),
    damage: async (digest, at) => {
      const file = await open(join(folder, 'objects', digest.slice(0, 2), digest.slice(2)), 'r+');
      const byte = Buffer.alloc(1);
      await file.read(byte, 0, 1, at);
      await file.write(Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, at);
      await file.close();
    },
  };
});
