import type { Digest } from '@slipway/contracts';

/** Bytes that are stored under what they hash to. */
export type StoredObject = Readonly<{ digest: Digest; sizeBytes: number }>;

/** The first and the last byte that are asked for, both included. */
export type ByteRange = Readonly<{ first: number; last: number }>;
