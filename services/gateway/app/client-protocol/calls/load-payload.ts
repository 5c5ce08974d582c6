import { buffer } from 'node:stream/consumers';
import type { Payload, WorkspaceId } from '@slipway/contracts';
import type { GenericResult } from '@slipway/protocol';
import type { RpcParts } from '../rpc-parts.js';

/** Results up to this size go into the answer, which spares the client two requests. */
const ANSWERED_INLINE_BYTES = 2 * 1024 * 1024;

/** A payload as it is answered: bytes, or the blob's id where it is large. */
export const loadPayload = async (
  { bus, objects }: Pick<RpcParts, 'bus' | 'objects'>,
  workspaceId: WorkspaceId,
  payload: Payload | undefined,
): Promise<GenericResult['dataOneof']> => {
  if (payload === undefined) return undefined;
  if ('inline' in payload) return { $case: 'data', value: Buffer.from(payload.inline, 'base64') };
  const { blobId } = payload;
  const { sizeBytes } = await bus.request('blob-store.get-blob', { workspaceId, blobId });
  return sizeBytes <= ANSWERED_INLINE_BYTES
    ? { $case: 'data', value: await buffer(await objects.getBlob(blobId)) }
    : { $case: 'dataBlobId', value: blobId };
};
