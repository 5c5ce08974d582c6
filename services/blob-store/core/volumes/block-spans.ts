import { VOLUME_BLOCK_BYTES, type VolumeFile } from '@slipway/contracts';
import { refuse, type Refusal } from '@slipway/kernel';

/** As many blocks as fit into one answer. */
export const MOST_BLOCKS_PER_ANSWER = 4096;

/** A part of one block: `first` and `end` count from the block's beginning, `end` is not in it. */
export type BlockSpan = Readonly<{ digest: string; first: number; end: number }>;
export type FileRange = Readonly<{ startBytes: number; lengthBytes: number; spans: readonly BlockSpan[] }>;

/** Which parts of which blocks a range of a file is made of. What lies beyond the file's end is left out. */
export const blockSpans = (
  { path, sizeBytes, blocks }: VolumeFile,
  startBytes: number,
  lengthBytes: number | undefined,
): FileRange | Refusal => {
  if (startBytes > sizeBytes)
    return refuse(
      'invalid',
      'volume-range-invalid',
      `The range begins at byte ${startBytes}, but '${path}' has ${sizeBytes} bytes.`,
    );
  const end = Math.min(sizeBytes, startBytes + (lengthBytes ?? sizeBytes));
  const spans: BlockSpan[] = [];
  let at = startBytes;
  while (at < end && spans.length < MOST_BLOCKS_PER_ANSWER) {
    const index = Math.floor(at / VOLUME_BLOCK_BYTES);
    const blockStart = index * VOLUME_BLOCK_BYTES;
    const spanEnd = Math.min(end, blockStart + VOLUME_BLOCK_BYTES);
    spans.push({ digest: blocks[index] ?? '', first: at - blockStart, end: spanEnd - blockStart });
    at = spanEnd;
  }
  return { startBytes, lengthBytes: at - startBytes, spans };
};
