import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientRequirements, clientVersion, isInstalled, markInstalled } from './python-client.ts';

const scratch = mkdtempSync(join(tmpdir(), 'python-client-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const usePython = (folder: string, version: string): void => {
  const python = join(folder, 'bin/python');
  mkdirSync(join(folder, 'bin'), { recursive: true });
  writeFileSync(python, `#!/bin/sh\necho '${version}'\n`);
  chmodSync(python, 0o755);
};
const made = async (name: string) => {
  const venv = { folder: join(scratch, name), clientVersion, requirements: clientRequirements };
  usePython(venv.folder, '3 11');
  await markInstalled(venv);
  return venv;
};

describe('a virtual environment stands', () => {
  test('where it was made with what it should hold', async () => {
    const venv = await made('whole');
    expect(await isInstalled(venv)).toBe(true);
    expect(await isInstalled({ ...venv, clientVersion: '1.0.0' })).toBe(false);
  });

  test('not where it was moved to, for its programs name the folder', async () => {
    const venv = await made('before');
    const moved = { ...venv, folder: join(scratch, 'after') };
    cpSync(venv.folder, moved.folder, { recursive: true });
    expect(await isInstalled(moved)).toBe(false);
  });

  test('not under another Python than it was made with, or under none', async () => {
    const venv = await made('upgraded');
    usePython(venv.folder, '3 12');
    expect(await isInstalled(venv)).toBe(false);
    rmSync(join(venv.folder, 'bin/python'));
    expect(await isInstalled(venv)).toBe(false);
  });
});
