import type { BlobId } from './ids.js';

/** Bytes of an argument or a result: small ones travel in the message (base64), larger ones by blob. */
export type Payload = Readonly<{ inline: string }> | Readonly<{ blobId: BlobId }>;

/** The most bytes that travel inline through the mesh and the log; the sender puts anything larger into the blob-store. */
export const INLINE_PAYLOAD_LIMIT_BYTES = 8 * 1024;
