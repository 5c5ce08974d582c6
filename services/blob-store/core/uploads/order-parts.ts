import type { Digest } from '@slipway/contracts';
import { refuse, type Refusal } from '@slipway/kernel';
import type { CompletedPart } from './parse-completion.js';

export type UploadedPart = Readonly<{
  partNumber: number;
  digest: Digest;
  sizeBytes: number;
  md5Hex: string;
}>;

/** The uploaded parts in their order, when they are the ones that the client says it sent, and all that the plan wants. */
export const orderParts = (
  uploaded: readonly UploadedPart[],
  claimed: readonly CompletedPart[],
  partCount: number,
): readonly UploadedPart[] | Refusal => {
  const ordered = uploaded.toSorted((a, b) => a.partNumber - b.partNumber);
  const missing = Array.from({ length: partCount }, (_, index) => index + 1).find(
    (partNumber, index) => ordered[index]?.partNumber !== partNumber,
  );
  if (missing !== undefined)
    return refuse('conflict', 'part-missing', `part ${missing} of ${partCount} was not uploaded`);
  if (claimed.length !== partCount)
    return refuse(
      'invalid',
      'wrong-part-count',
      `the completion names ${claimed.length} parts of ${partCount}`,
    );
  const differing = ordered.find(
    ({ partNumber, md5Hex }) => claimed.find((part) => part.partNumber === partNumber)?.md5Hex !== md5Hex,
  );
  return differing
    ? refuse('conflict', 'part-differs', `part ${differing.partNumber} has the ETag "${differing.md5Hex}"`)
    : ordered;
};
