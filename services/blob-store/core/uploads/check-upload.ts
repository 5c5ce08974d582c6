import { refuse, type Refusal } from '@slipway/kernel';

export type ReceivedBytes = Readonly<{ digest: string; sizeBytes: number; md5Hex: string }>;

/** What the sender said of the bytes, before and while it sent them. */
export type ExpectedBytes = Readonly<{ sizeBytes?: number; md5Hex?: string; sha256Hex?: string }>;

/** Clients that do not want to hash a large file send this instead of its md5. */
const PLACEHOLDER_MD5 = /^baadbaad/;

/** Whether what came is what was announced. */
export const checkUpload = (received: ReceivedBytes, expected: ExpectedBytes): Refusal | undefined => {
  const { sizeBytes, md5Hex, sha256Hex } = expected;
  if (sizeBytes !== undefined && sizeBytes !== received.sizeBytes)
    return refuse(
      'invalid',
      'wrong-length',
      `${received.sizeBytes} bytes came, but ${sizeBytes} were announced`,
    );
  if (md5Hex !== undefined && !PLACEHOLDER_MD5.test(md5Hex) && md5Hex !== received.md5Hex)
    return refuse(
      'invalid',
      'wrong-md5',
      `the body's md5 is ${received.md5Hex}, but ${md5Hex} was announced`,
    );
  if (sha256Hex !== undefined && sha256Hex !== received.digest)
    return refuse(
      'invalid',
      'wrong-sha256',
      `the body's sha256 is ${received.digest}, but ${sha256Hex} was announced`,
    );
  return undefined;
};
