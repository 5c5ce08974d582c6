import { INLINE_PAYLOAD_LIMIT_BYTES, type Payload, type WorkspaceId } from '@slipway/contracts';
import type { FunctionInput } from '@slipway/protocol';
import type { RpcParts } from '../rpc-parts.js';

/**
 * The arguments of an input as they travel through the mesh: small ones inside the message, larger ones by blob.
 * Throws RefusedError where the workspace has no such blob.
 */
export const storePayload = async (
  { bus, objects }: Pick<RpcParts, 'bus' | 'objects'>,
  workspaceId: WorkspaceId,
  args: FunctionInput['argsOneof'],
): Promise<Payload> => {
  if (args?.$case === 'argsBlobId') {
    await bus.request('blob-store.get-blob', { workspaceId, blobId: args.value });
    return { blobId: args.value };
  }
  const bytes = args?.value ?? Buffer.alloc(0);
  return bytes.length <= INLINE_PAYLOAD_LIMIT_BYTES
    ? { inline: bytes.toString('base64') }
    : { blobId: await objects.putBlob(workspaceId, bytes) };
};
