import type { Digest, ImageId, MountId, WorkspaceId } from '@slipway/contracts';
import type { StoredDefinition } from '../image/stored-definition.js';
import { secretIdentity } from './secret-identity.js';

export type Identified = Readonly<{
  workspaceId: WorkspaceId;
  builderVersion: string;
  definition: StoredDefinition;
}>;

/**
 * What makes two images the same: the same workspace, builder version, commands, context by content, parents,
 * secrets (without a name by their variables), build arguments, GPU, registry login, and builder function by what it does (its id differs from app to app).
 * The sha256 of this text is the image's id.
 */
export const imageIdentity = ({ workspaceId, builderVersion, definition }: Identified): string =>
  JSON.stringify([
    'image',
    workspaceId,
    builderVersion,
    definition.dockerfileCommands,
    definition.contextFiles
      .toSorted((a, b) => (a.filename < b.filename ? -1 : 1))
      .map(({ filename, digest }): [string, Digest] => [filename, digest]),
    (definition.contextMountId ?? null) satisfies MountId | null,
    definition.baseImages
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, imageId }): [string, ImageId] => [name, imageId]),
    definition.secretIds.map((secretId) => secretIdentity(definition, secretId)),
    Object.entries(definition.buildArgs).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    definition.gpu ? [definition.gpu.type, definition.gpu.count] : null,
    definition.registryAuth
      ? [definition.registryAuth.type, secretIdentity(definition, definition.registryAuth.secretId)]
      : null,
    definition.buildFunction
      ? [definition.buildFunction.definitionHash, definition.buildFunction.inputBase64 ?? null]
      : null,
  ]);
