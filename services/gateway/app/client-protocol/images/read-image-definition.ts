import { createHash } from 'node:crypto';
import { accepted, refuse } from '@slipway/kernel';
import { MOST_LISTED_BYTES, type ImageDefinition } from '@slipway/contracts';
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

/** They travel within the definition. */
const refuseLargeContext = ({ contextFiles }: Image): void => {
  const bytes = contextFiles.reduce((sum, { data }) => sum + data.length, 0);
  if (bytes > MOST_LISTED_BYTES)
    accepted(
      refuse(
        'invalid',
        'context-too-large',
        `The ${contextFiles.length} files of the image's context have ${bytes} bytes together; at most ${MOST_LISTED_BYTES} travel with its definition. Add large files by add_local_file or add_local_dir.`,
      ),
    );
};

/** A builder function has its volumes as any function has; a command would write into nothing. */
const refuseVolumes = ({ volumeMounts, dockerfileCommands }: Image): void => {
  if (volumeMounts.length === 0) return;
  const [step] = (dockerfileCommands.find((command) => /^RUN\s/i.test(command)) ?? 'RUN').split('\n');
  accepted(
    refuse(
      'unsupported',
      'no-volumes-in-steps',
      `The step '${step}' asks for volumes at ${volumeMounts.map(({ mountPath }) => `'${mountPath}'`).join(', ')}, but commands of a build have none here. Do it in Python by Image.run_function(…, volumes={…}), or add the files by add_local_file or add_local_dir.`,
    ),
  );
};

/** A client's image definition in the mesh's terms. Throws RefusedError for an unknown GPU, volumes of commands and large context files. */
export const readImageDefinition = (raw: Buffer, buildFunctionId: string): ImageDefinition => {
  const image = Image.decode(raw);
  refuseLargeContext(image);
  if (!buildFunctionId) refuseVolumes(image);
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
