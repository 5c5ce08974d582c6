import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeWorkdir } from './make-workdir.js';

describe('the working directory of a container', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'workdir-'));
    await writeFile(join(root, 'file'), '');
  });
  afterEach(() => rm(root, { recursive: true }));

  test('is made where the image has none', async () => {
    await makeWorkdir(root, '/srv/app');
    await makeWorkdir(root, '/srv/app');
    expect((await stat(join(root, 'srv/app'))).isDirectory()).toBe(true);
  });

  test.each(['/file', '/file/app'])('ends the start for good where a file has its place: %s', (workdir) =>
    expect(makeWorkdir(root, workdir)).rejects.toMatchObject({ reason: 'image-failed' }),
  );

  // It takes no files, whoever asks, as a disk that is full.
  test('is an outage of the platform where the host cannot make it', () =>
    expect(makeWorkdir('/sys', '/app')).rejects.toMatchObject({ reason: 'platform-error' }));
});
