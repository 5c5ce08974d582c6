import { readFile, writeFile } from 'node:fs/promises';
import { runCommand } from '../command/run-command.js';

/** Where the size of a layer is noted: beside its folder, for what lies in that is the image's. */
export const sizeNoteOf = (layer: string): string => `${layer}.bytes`;

/** How much of the disk a layer takes, in bytes. Its files never change: they are looked at once, and what was found is noted. */
export const sizeOfLayer = async (layer: string): Promise<number> => {
  const note = sizeNoteOf(layer);
  const noted = await readFile(note, 'utf8').catch(() => '');
  if (/^\d+\n$/.test(noted)) return Number(noted);
  const bytes = Number((await runCommand('du', ['-s', '-B1', layer])).split('\t')[0]);
  // A full disk has no room for it: it is measured again, once some layers are removed.
  await writeFile(note, `${bytes}\n`).catch(() => undefined);
  return bytes;
};
