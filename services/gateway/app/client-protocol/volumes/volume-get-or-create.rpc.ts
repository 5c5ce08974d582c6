import { refuse, RefusedError } from '@slipway/kernel';
import type { AskOf, VolumeFormat } from '@slipway/contracts';
import { callerName, refuseName } from '@slipway/gateway-core';
import {
  ObjectCreationType,
  VolumeFsVersion,
  VolumeGetOrCreateResponse,
  type VolumeCreateOptions,
} from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { volumeMetadata } from './volume-metadata.js';

type How = AskOf<'blob-store.open-volume'>['how'];

const howOf = (type: ObjectCreationType, name: string): How => {
  switch (type) {
    case ObjectCreationType.UNSPECIFIED:
      return 'find';
    case ObjectCreationType.CREATE_IF_MISSING:
      return 'find-or-create';
    case ObjectCreationType.CREATE_FAIL_IF_EXISTS:
      return 'create';
    case ObjectCreationType.EPHEMERAL:
      if (name === '') return 'create';
      break;
    default:
  }
  throw new RefusedError(
    refuse(
      'invalid',
      'volume-creation-invalid',
      `Volume '${name}' cannot be opened as ${ObjectCreationType[type] ?? type}: volumes are looked up, created, or ephemeral without a name.`,
    ),
  );
};

const formatOf = (version: VolumeFsVersion): VolumeFormat | undefined => {
  if (version === VolumeFsVersion.V1) return 1;
  return version === VolumeFsVersion.V2 ? 2 : undefined;
};

const refuseOptions = (options: VolumeCreateOptions | undefined): void => {
  const names = Object.keys(options?.experimentalOptions ?? {});
  if (names.length > 0)
    throw new RefusedError(
      refuse(
        'unsupported',
        'volume-option-unknown',
        `This server knows no experimental options of volumes, but ${names.join(', ')} was given: leave it out.`,
      ),
    );
};

/** Looks a volume up by name, makes it where that is wanted, or makes one that lives as long as its client. */
export const volumeGetOrCreate =
  ({ bus, environments }: Pick<RpcParts, 'bus' | 'environments'>): UnaryRpc<'volumeGetOrCreate'> =>
  async (request, { caller, newId }) => {
    const { deploymentName: name, objectCreationType, createOptions } = request;
    const how = howOf(objectCreationType, name);
    refuseOptions(createOptions);
    const isNamed = objectCreationType !== ObjectCreationType.EPHEMERAL;
    const refusal = isNamed ? refuseName('a volume', name) : undefined;
    if (refusal) throw new RefusedError(refusal);
    const format = formatOf(request.version);
    const volume = await bus.request('blob-store.open-volume', {
      workspaceId: caller.workspaceId,
      volumeId: newId('vo'),
      environment: await environments.resolve(caller, request.environmentName),
      how,
      createdBy: callerName(caller),
      ...(isNamed ? { name } : {}),
      ...(format === undefined ? {} : { format }),
    });
    const metadata = volumeMetadata(volume);
    return VolumeGetOrCreateResponse.fromPartial({
      volumeId: volume.volumeId,
      version: metadata.version,
      metadata,
    });
  };
