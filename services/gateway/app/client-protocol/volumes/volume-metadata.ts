import type { VolumeView } from '@slipway/contracts';
import { VolumeFsVersion, VolumeMetadata } from '@slipway/protocol';

export const volumeMetadata = ({ name, format, createdAtMs, createdBy }: VolumeView): VolumeMetadata =>
  VolumeMetadata.fromPartial({
    version: format === 1 ? VolumeFsVersion.V1 : VolumeFsVersion.V2,
    name: name ?? '',
    creationInfo: { createdAt: createdAtMs / 1000, createdBy },
  });
