import { MOST_LISTED_BYTES, type Digest, type MountFile } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import type { Ports } from '../ports.js';

/** Of a mount; storing more takes longer than anybody waits. */
const MOST_FILES = 250_000;
/** A character in UTF-8; one outside of the BMP is two of them. */
const MOST_BYTES_PER_CHARACTER = 3;

/** The files that a list in the store names. */
export const readMountList = async (
  { objects, textOf }: Pick<Ports, 'objects' | 'textOf'>,
  listDigest: Digest,
): Promise<readonly MountFile[]> => {
  const bytes = await objects.read(listDigest);
  if (bytes === undefined)
    throw new RefusedError(
      refuse('conflict', 'mount-list-missing', `the list of files ${listDigest} is not in the store`),
    );
  const files = JSON.parse(await textOf(bytes)) as readonly MountFile[];
  if (files.length > MOST_FILES)
    throw new RefusedError(
      refuse(
        'invalid',
        'mount-too-large',
        `The mount has ${files.length} files; one holds at most ${MOST_FILES}. Leave out what the code does not need, or put the files into a volume or an image.`,
      ),
    );
  return files;
};

/** The first files, as many as fit into a message; at least one. */
export const firstThatFit = (files: readonly MountFile[]): readonly MountFile[] => {
  let bytes = 0;
  const full = files.findIndex((file, index) => {
    bytes += JSON.stringify(file).length * MOST_BYTES_PER_CHARACTER;
    return index > 0 && bytes > MOST_LISTED_BYTES;
  });
  return full < 0 ? files : files.slice(0, full);
};
