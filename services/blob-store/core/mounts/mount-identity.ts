import type { CreateMount, MountFile } from '@slipway/contracts';
import { refuse, type Refusal } from '@slipway/kernel';

const byFilename = (a: MountFile, b: MountFile): number =>
  a.filename < b.filename ? -1 : a.filename > b.filename ? 1 : 0;

/** What a mount's checksum is the sha256 of: name, digest and mode of each file, sorted by name. */
export const mountListing = (files: readonly MountFile[]): string =>
  files
    .toSorted(byFilename)
    .map(({ filename, digest, mode }) => `${JSON.stringify(filename)} ${digest} ${mode ?? ''}\n`)
    .join('');

/** What a mount's id is made of: the same files under the same name in the same workspace are the same mount. */
export const mountIdentity = (
  { workspaceId, name }: Pick<CreateMount, 'workspaceId' | 'name'>,
  checksum: string,
): string => JSON.stringify(['mount', workspaceId, checksum, name ?? null]);

/** Why files cannot make a mount, if so. */
export const checkMountFiles = (files: readonly MountFile[]): Refusal | undefined => {
  const seen = new Set<string>();
  for (const { filename } of files) {
    if (!filename.startsWith('/') || filename.split('/').includes('..') || filename.includes('\0'))
      return refuse(
        'invalid',
        'bad-filename',
        `filename '${filename}' is not an absolute path without '..' in it`,
      );
    if (seen.has(filename))
      return refuse('invalid', 'duplicate-filename', `filename '${filename}' appears twice`);
    seen.add(filename);
  }
  return undefined;
};
