import { INLINE_PAYLOAD_LIMIT_BYTES, type Payload, type WorkspaceId } from '@slipway/contracts';
import type { ObjectClient } from '@slipway/nest-kit';
import type { FunctionInput } from '@slipway/protocol';

/** The arguments of an input as they travel through the mesh: small ones inside the message, larger ones by blob. */
export const storePayload = async (
  objects: ObjectClient,
  workspaceId: WorkspaceId,
  args: FunctionInput['argsOneof'],
): Promise<Payload> => {
  if (args?.$case === 'argsBlobId') return { blobId: args.value };
  const bytes = args?.value ?? Buffer.alloc(0);
  return bytes.length <= INLINE_PAYLOAD_LIMIT_BYTES
    ? { inline: bytes.toString('base64') }
    : { blobId: await objects.putBlob(workspaceId, bytes) };
};
