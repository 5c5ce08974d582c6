import { refuse, RefusedError } from '@slipway/kernel';
import type { MountFile } from '@slipway/contracts';
import { isRuntimeMountName } from '@slipway/gateway-core';
import {
  DeploymentNamespace,
  MountGetOrCreateResponse,
  ObjectCreationType,
  type MountFile as MountFileMessage,
} from '@slipway/protocol';
import { putMountList } from '@slipway/nest-kit';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/** Hundreds of thousands of files take their time. */
const CREATION_MS = 40_000;

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
  ({
    bus,
    objects,
    environments,
  }: Pick<RpcParts, 'bus' | 'objects' | 'environments'>): UnaryRpc<'mountGetOrCreate'> =>
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
    const create = async (name?: string) => {
      const listDigest = await putMountList(objects, request.files.map(fileOf));
      const ask = {
        workspaceId,
        listDigest,
        namedBy: 'client',
        ...(name === undefined ? {} : { name }),
      } as const;
      return response(await bus.request('blob-store.create-mount', ask, { timeoutMs: CREATION_MS }));
    };
    if (deploymentName === '') return create();
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
    return create(name);
  };
