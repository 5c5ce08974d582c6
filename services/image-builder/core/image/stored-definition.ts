import type { Digest, ImageDefinition } from '@slipway/contracts';

/** A definition as the log keeps it: files of the context lie in the blob-store, put anew whenever it is asked for. Once it is built they may go. */
export type StoredDefinition = Omit<ImageDefinition, 'contextFiles'> &
  Readonly<{
    contextFiles: readonly Readonly<{ filename: string; digest: Digest; sizeBytes: number }>[];
  }>;
