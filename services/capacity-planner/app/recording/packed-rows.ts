import type { TraceRow } from '@slipway/capacity-planner-core';

/**
 * Rows as lines of JSON in one piece of memory, and where each line ends: a hundred thousand rows go from thread to thread as two
 * buffers, and only the rows of a page are ever made again.
 */
export type PackedRows = Readonly<{ bytes: Uint8Array; ends: Uint32Array }>;

export const packRows = (rows: readonly TraceRow[]): PackedRows => {
  const lines = rows.map((row) => Buffer.from(JSON.stringify(row)));
  const ends = new Uint32Array(lines.length);
  let end = 0;
  for (const [index, line] of lines.entries()) ends[index] = end += line.length;
  return { bytes: Buffer.concat(lines), ends };
};

/** `limit` rows, without the first `offset`. */
export const unpackRows = (
  { bytes, ends }: PackedRows,
  offset: number,
  limit: number,
): readonly TraceRow[] => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from(ends.subarray(offset, offset + limit), (end, index) => {
    const start = offset + index === 0 ? 0 : ends[offset + index - 1]!;
    return JSON.parse(text.toString('utf8', start, end)) as TraceRow;
  });
};
