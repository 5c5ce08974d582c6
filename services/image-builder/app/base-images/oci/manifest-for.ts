import { refuse, RefusedError } from '@slipway/kernel';
import {
  forPlatform,
  isIndex,
  isManifest,
  type ConfigDocument,
  type Manifest,
  type Platform,
} from './oci-documents.js';
import type { OciSource } from './oci-source.js';

/** An index may point at indexes of its own (a layout's index.json does). */
const DEEPEST_INDEX = 4;

/** An image's manifest for a processor. Throws a RefusedError where the name is for others only, or is no image. */
export const manifestFor = async (
  source: OciSource,
  reference: string,
  architecture: string,
): Promise<Manifest> => {
  let document: unknown = await source.manifest(reference);
  for (let depth = 0; depth < DEEPEST_INDEX && isIndex(document); depth += 1) {
    const chosen = forPlatform(document, architecture);
    if (!chosen)
      throw wrongArchitecture(
        source.name,
        document.manifests.map(({ platform }) => platform),
        architecture,
      );
    document = await source.manifest(chosen.digest);
  }
  if (isManifest(document)) return document;
  throw new RefusedError(
    refuse('invalid', 'not-an-image', `'${source.name}' has no manifest of an OCI or Docker image there`),
  );
};

/** A manifest without an index says in its configuration alone what it is for. Throws a RefusedError where that is another processor. */
export const expectPlatform = (
  name: string,
  { os, architecture }: ConfigDocument,
  expected: string,
): void => {
  if ((os || 'linux') === 'linux' && (architecture || expected) === expected) return;
  throw wrongArchitecture(name, [{ os: os || 'linux', architecture: architecture || expected }], expected);
};

const wrongArchitecture = (
  name: string,
  platforms: readonly (Platform | undefined)[],
  architecture: string,
): RefusedError => {
  const has = platforms.flatMap((platform) =>
    platform && platform.os !== 'unknown' ? [`${platform.os}/${platform.architecture}`] : [],
  );
  return new RefusedError(
    refuse(
      'invalid',
      'wrong-architecture',
      `image '${name}' is for ${[...new Set(has)].join(', ') || 'no platform'}; this site builds for linux/${architecture}`,
    ),
  );
};
