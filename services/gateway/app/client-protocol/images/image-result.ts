import type { ImageManifest, ImageState } from '@slipway/contracts';
import { GenericResult, GenericResult_GenericStatus, ImageMetadata } from '@slipway/protocol';

export const imageMetadata = (manifest: ImageManifest): ImageMetadata =>
  ImageMetadata.fromPartial({
    imageBuilderVersion: manifest.builderVersion,
    ...(manifest.pythonVersion ? { pythonVersionInfo: `Python ${manifest.pythonVersion}` } : {}),
    ...(manifest.config.workdir ? { workdir: manifest.config.workdir } : {}),
    ...(manifest.libc ? { libcVersionInfo: manifest.libc } : {}),
  });

/** How a build ended; nothing while it goes on, upon which the client joins it. */
export const imageResult = (
  state: ImageState,
): Readonly<{ result?: GenericResult; metadata?: ImageMetadata }> => {
  switch (state.status) {
    case 'building':
      return {};
    case 'built':
      return {
        result: GenericResult.fromPartial({ status: GenericResult_GenericStatus.SUCCESS }),
        metadata: imageMetadata(state.manifest),
      };
    case 'failed':
      return {
        result: GenericResult.fromPartial({
          status: GenericResult_GenericStatus.FAILURE,
          exception: state.message,
        }),
      };
  }
};
