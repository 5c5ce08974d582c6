import { createHash } from 'node:crypto';
import { accepted } from '@slipway/kernel';
import type { ImageDefinition } from '@slipway/contracts';
import { readGpu } from '@slipway/gateway-core';
import { DataFormat, Image, RegistryAuthType, type BuildFunction } from '@slipway/protocol';

const readBuildFunction = (
  functionId: string,
  built: BuildFunction | undefined,
): ImageDefinition['buildFunction'] => {
  const args = built?.input?.argsOneof;
  return {
    functionId,
    definitionHash: createHash('sha256')
      .update(built?.definition ?? '')
      .update('\0')
      .update(built?.globals ?? Buffer.alloc(0))
      .digest('hex'),
    ...(args?.$case === 'args' ? { inputBase64: args.value.toString('base64') } : {}),
    inputFormat: built?.input?.dataFormat === DataFormat.CBOR ? 'cbor' : 'pickle',
  };
};

/** A client's image definition in the mesh's terms. Throws RefusedError for an unknown GPU. */
export const readImageDefinition = (raw: Buffer, buildFunctionId: string): ImageDefinition => {
  const image = Image.decode(raw);
  const gpu = accepted(readGpu(image.gpuConfig));
  const registry = image.imageRegistryConfig;
  return {
    dockerfileCommands: image.dockerfileCommands,
    contextFiles: image.contextFiles.map(({ filename, data }) => ({
      filename,
      contentBase64: data.toString('base64'),
    })),
    ...(image.contextMountId ? { contextMountId: image.contextMountId } : {}),
    baseImages: image.baseImages.map(({ dockerTag, imageId }) => ({ name: dockerTag, imageId })),
    secretIds: image.secretIds,
    buildArgs: image.buildArgs,
    ...(gpu ? { gpu } : {}),
    ...(registry?.secretId
      ? {
          registryAuth: {
            type: RegistryAuthType[registry.registryAuthType] ?? '',
            secretId: registry.secretId,
          },
        }
      : {}),
    ...(buildFunctionId ? { buildFunction: readBuildFunction(buildFunctionId, image.buildFunction) } : {}),
  };
};
