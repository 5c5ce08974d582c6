import { refuse, RefusedError } from '@slipway/kernel';
import type { MountFile } from '@slipway/contracts';
import { isRuntimeMountName } from '@slipway/gateway-core';
import {
  DeploymentNamespace,
  MountGetOrCreateResponse,
  ObjectCreationType,
  type MountFile as MountFileMessage,
} from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

const fileOf = ({ filename, sha256Hex, size, mode }: MountFileMessage): MountFile => ({
  filename,
  digest: sha256Hex,
  sizeBytes: size ?? 0,
  ...(mode === undefined ? {} : { mode }),
});

const response = ({ mountId, checksum }: Readonly<{ mountId: string; checksum: string }>) =>
  MountGetOrCreateResponse.fromPartial({ mountId, handleMetadata: { contentChecksumSha256Hex: checksum } });

/** Mounts of files that a client uploaded, by name or without one; and the platform's own, which all workspaces see. */
export const mountGetOrCreate =
  ({ bus, environments }: Pick<RpcParts, 'bus' | 'environments'>): UnaryRpc<'mountGetOrCreate'> =>
  async (request, { caller }) => {
    const { workspaceId } = caller;
    const { deploymentName, namespace, objectCreationType } = request;
    if (namespace === DeploymentNamespace.GLOBAL) {
      if (isRuntimeMountName(deploymentName) && objectCreationType === ObjectCreationType.UNSPECIFIED)
        return response(await bus.request('image-builder.get-runtime-mount', { name: deploymentName }));
      throw new RefusedError(
        refuse('not-found', 'mount-not-found', `The platform has no mount '${deploymentName}'.`),
      );
    }
    const files = request.files.map(fileOf);
    if (deploymentName === '')
      return response(
        await bus.request('blob-store.create-mount', { workspaceId, files, namedBy: 'client' }),
      );
    const environment = await environments.resolve(caller, request.environmentName);
    const name = `${environment}/${deploymentName}`;
    if (objectCreationType !== ObjectCreationType.CREATE_OVERWRITE_IF_EXISTS) {
      const { mount } = await bus.request('blob-store.find-mount', { workspaceId, name });
      if (mount && objectCreationType === ObjectCreationType.CREATE_FAIL_IF_EXISTS)
        throw new RefusedError(
          refuse(
            'already-exists',
            'mount-exists',
            `A mount '${deploymentName}' exists in environment '${environment}'.`,
          ),
        );
      if (mount) return response(mount);
      if (objectCreationType === ObjectCreationType.UNSPECIFIED)
        throw new RefusedError(
          refuse(
            'not-found',
            'mount-not-found',
            `No mount '${deploymentName}' in environment '${environment}'.`,
          ),
        );
    }
    return response(
      await bus.request('blob-store.create-mount', { workspaceId, files, name, namedBy: 'client' }),
    );
  };
