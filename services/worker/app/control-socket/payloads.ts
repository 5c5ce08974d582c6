import { INLINE_PAYLOAD_LIMIT_BYTES, type BlobId, type Payload, type WorkspaceId } from '@slipway/contracts';
import type { ObjectClient } from '@slipway/nest-kit';

/** The client reads arguments up to this size from the message itself, larger ones from a blob (client-protocol: blobs). */
const INLINE_FOR_CLIENT_BYTES = 2 * 1024 * 1024;

export type ClientPayload = Readonly<{ bytes: Buffer }> | Readonly<{ blobId: BlobId }>;

/** Bytes on their way into the mesh: small ones as they are, others by way of the blob-store. */
export const storePayload = async (
  objects: ObjectClient,
  workspaceId: WorkspaceId,
  bytes: Uint8Array,
  inlineLimitBytes = INLINE_PAYLOAD_LIMIT_BYTES,
): Promise<Payload> => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.length <= inlineLimitBytes
    ? { inline: buffer.toString('base64') }
    : { blobId: await objects.putBlob(workspaceId, buffer) };
};

/** Bytes on their way to a container: read for it when they fit into a message. */
export const loadPayload = async (objects: ObjectClient, payload: Payload): Promise<ClientPayload> => {
  if ('inline' in payload) return { bytes: Buffer.from(payload.inline, 'base64') };
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of await objects.getBlob(payload.blobId)) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    // Leaving the loop closes the download.
    if (size > INLINE_FOR_CLIENT_BYTES) return { blobId: payload.blobId };
  }
  return { bytes: Buffer.concat(chunks) };
};
