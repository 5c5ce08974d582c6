import { createHash } from 'node:crypto';
import { refuse, RefusedError } from '@slipway/kernel';
import { MountBatchedCheckExistenceResponse, MountPutFileResponse } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

const SHA256_HEX = /^[0-9a-f]{64}$/;

const checkDigests = (digests: readonly string[]): void => {
  const wrong = digests.find((digest) => !SHA256_HEX.test(digest));
  if (wrong !== undefined)
    throw new RefusedError(
      refuse(
        'invalid',
        'digest-invalid',
        `'${wrong}' is no sha256: it must be 64 lower-case hexadecimal digits.`,
      ),
    );
};

export const mountBatchedCheckExistence =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'mountBatchedCheckExistence'> =>
  async ({ sha256HexHashes }, { caller: { workspaceId } }) => {
    checkDigests(sha256HexHashes);
    const { missing } = await bus.request('blob-store.find-missing', {
      workspaceId,
      digests: sha256HexHashes,
    });
    return MountBatchedCheckExistenceResponse.fromPartial({
      missingSha256HexHashes: [...missing],
      checkedAt: new Date(),
    });
  };

/** Without data it only says whether the file is there, which for a workspace that never sent it is no. */
export const mountPutFile =
  ({ bus, objects }: Pick<RpcParts, 'bus' | 'objects'>): UnaryRpc<'mountPutFile'> =>
  async ({ sha256Hex, dataOneof }, { caller: { workspaceId } }) => {
    checkDigests([sha256Hex]);
    const expect = (digest: string): void => {
      if (digest !== sha256Hex)
        throw new RefusedError(
          refuse(
            'invalid',
            'digest-mismatch',
            `The file's sha256 is ${digest}, but the request says ${sha256Hex}.`,
          ),
        );
    };
    const answer = (exists: boolean) => MountPutFileResponse.fromPartial({ exists, checkedAt: new Date() });
    switch (dataOneof?.$case) {
      case undefined: {
        const { missing } = await bus.request('blob-store.find-missing', {
          workspaceId,
          digests: [sha256Hex],
        });
        return answer(missing.length === 0);
      }
      case 'data':
        expect(createHash('sha256').update(dataOneof.value).digest('hex'));
        await objects.putFile(dataOneof.value);
        await bus.request('blob-store.own-files', { workspaceId, digests: [sha256Hex] });
        return answer(true);
      case 'dataBlobId':
        expect(
          (await bus.request('blob-store.digest-of-blob', { workspaceId, blobId: dataOneof.value })).digest,
        );
        return answer(true);
    }
  };
