import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bus } from '@slipway/messaging';
import type { ObjectClient } from '@slipway/nest-kit';
import { storeFolder } from './store-folder.js';

/** A store that has everything already. */
const full = {
  bus: { persist: async () => ({ missing: [] }) } as unknown as Bus,
  objects: {} as ObjectClient,
};

test('a folder becomes its files, and links to files of its own become files', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'slipway-folder-'));
  try {
    const folder = join(scratch, 'folder');
    mkdirSync(join(folder, 'bin/__pycache__'), { recursive: true });
    writeFileSync(join(scratch, 'private'), 'of the host');
    writeFileSync(join(folder, 'bin/python3.11'), 'a program', { mode: 0o755 });
    writeFileSync(join(folder, 'bin/__pycache__/x.pyc'), 'compiled');
    symlinkSync('python3.11', join(folder, 'bin/python3'));
    symlinkSync('nowhere', join(folder, 'dangling'));
    symlinkSync('../private', join(folder, 'outside'));
    symlinkSync('..', join(folder, 'above'));
    const files = await storeFolder(folder, '/python', full);
    expect(files.map(({ filename, mode, sizeBytes }) => [filename, mode, sizeBytes])).toEqual([
      ['/python/bin/python3', 0o755, 9],
      ['/python/bin/python3.11', 0o755, 9],
    ]);
    expect(new Set(files.map(({ digest }) => digest)).size).toBe(1);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});
