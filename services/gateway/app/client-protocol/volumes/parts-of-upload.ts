import type { VolumeFile } from '@slipway/contracts';

/** Well below what the bus carries in one message; a file of the largest size fits as a part of its own. */
const MOST_PART_BYTES = 2 * 1024 * 1024;
const FILE_BYTES = 200;
const BLOCK_BYTES = 67;

export type UploadPart = Readonly<{ firstIndex: number; files: readonly VolumeFile[] }>;

/** The files of an upload in parts that fit into a message each. */
export const partsOfUpload = (files: readonly VolumeFile[]): readonly UploadPart[] => {
  const parts: { firstIndex: number; files: VolumeFile[] }[] = [];
  let heldBytes = 0;
  for (const [index, file] of files.entries()) {
    const bytes = FILE_BYTES + 6 * file.path.length + BLOCK_BYTES * file.blocks.length;
    let part = parts.at(-1);
    if (!part || heldBytes + bytes > MOST_PART_BYTES) {
      part = { firstIndex: index, files: [] };
      parts.push(part);
      heldBytes = 0;
    }
    part.files.push(file);
    heldBytes += bytes;
  }
  return parts;
};
