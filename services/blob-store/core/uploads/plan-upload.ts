import { refuse, type Refusal } from '@slipway/kernel';

const MIB = 1024 ** 2;

export type UploadLimits = Readonly<{ multipartFromBytes: number; leastPartBytes: number }>;

/**
 * Parts are few and come late: the Python client copies a value that is not a file once for each of its parts, into
 * memory, and the JavaScript and Go clients know no parts.
 */
export const UPLOAD_LIMITS: UploadLimits = { multipartFromBytes: 2048 * MIB, leastPartBytes: 512 * MIB };
/** S3's own limit, kept so that a multipart upload means the same everywhere. */
export const MOST_PARTS = 10_000;
export const MOST_BLOB_BYTES = 1024 ** 4;

export type UploadPlan =
  Readonly<{ kind: 'single' }> | Readonly<{ kind: 'multipart'; partLengthBytes: number; partCount: number }>;

/** How a blob of this length is to be sent. */
export const planUpload = (
  contentLengthBytes: number,
  { multipartFromBytes, leastPartBytes }: UploadLimits,
): UploadPlan | Refusal => {
  if (!Number.isInteger(contentLengthBytes) || contentLengthBytes < 0 || contentLengthBytes > MOST_BLOB_BYTES)
    return refuse(
      'invalid',
      'bad-content-length',
      `contentLengthBytes is ${contentLengthBytes}, but must be a whole number from 0 to ${MOST_BLOB_BYTES}`,
    );
  if (contentLengthBytes < multipartFromBytes) return { kind: 'single' };
  const partLengthBytes = Math.max(leastPartBytes, Math.ceil(contentLengthBytes / MOST_PARTS / MIB) * MIB);
  return { kind: 'multipart', partLengthBytes, partCount: Math.ceil(contentLengthBytes / partLengthBytes) };
};

/** How many bytes part `partNumber` (from 1) of a planned upload has. */
export const partSizeBytes = (
  plan: Extract<UploadPlan, { kind: 'multipart' }>,
  contentLengthBytes: number,
  partNumber: number,
): number =>
  partNumber < plan.partCount
    ? plan.partLengthBytes
    : contentLengthBytes - plan.partLengthBytes * (plan.partCount - 1);
