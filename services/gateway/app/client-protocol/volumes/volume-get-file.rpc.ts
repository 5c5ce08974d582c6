import { blobStoreUrlOf } from '@slipway/gateway-core';
import { VolumeGetFile2Response } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/** Where the blocks of a range of a file are downloaded. */
export const volumeGetFile2 =
  ({ bus, blobStorePublicUrl }: Pick<RpcParts, 'bus' | 'blobStorePublicUrl'>): UnaryRpc<'volumeGetFile2'> =>
  async ({ volumeId, path, start, len, clientPadsBlocks }, { caller }) => {
    const { workspaceId } = caller;
    const blobStoreUrl = blobStoreUrlOf(caller, blobStorePublicUrl);
    const getUrls: string[] = [];
    let lengthBytes = 0;
    for (;;) {
      const range = await bus.request('blob-store.get-volume-file', {
        workspaceId,
        volumeId,
        path,
        startBytes: start + lengthBytes,
        ...(len > 0 ? { lengthBytes: len - lengthBytes } : {}),
        padding: clientPadsBlocks ? 'by-client' : 'by-server',
      });
      getUrls.push(...range.paths.map((signed) => new URL(signed, blobStoreUrl).href));
      lengthBytes += range.lengthBytes;
      const isWhole = start + lengthBytes >= range.sizeBytes || (len > 0 && lengthBytes >= len);
      if (isWhole || range.lengthBytes === 0)
        return VolumeGetFile2Response.fromPartial({
          getUrls,
          size: range.sizeBytes,
          start,
          len: lengthBytes,
        });
    }
  };
