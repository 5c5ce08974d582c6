import type { ImageId } from '@slipway/contracts';
import { debianRecipe, type DebianRecipe, type SuitePython } from './debian-rule.js';

/** Where a FROM or `COPY --from` finds its image. */
export type BaseSource =
  | Readonly<{ kind: 'scratch' }>
  | Readonly<{ kind: 'image'; imageId: ImageId }>
  | Readonly<{ kind: 'oci-layout'; path: string }>
  /** A registry first, where one answers; then what else can make the name. */
  | Readonly<{ kind: 'reference'; name: string; otherwise?: DebianRecipe | Readonly<{ uvVersion: string }> }>;

const UV = /^(?:ghcr\.io\/)?astral-sh\/uv:([\w.-]+)$/;

export const baseSource = (
  name: string,
  named: readonly Readonly<{ name: string; imageId: ImageId }>[],
  suites: readonly SuitePython[],
): BaseSource => {
  const image = named.find((candidate) => candidate.name === name);
  if (image) return { kind: 'image', imageId: image.imageId };
  if (name === 'scratch') return { kind: 'scratch' };
  const layout = /^oci-layout:(?:\/\/)?(\/.*)$/.exec(name)?.[1];
  if (layout !== undefined) return { kind: 'oci-layout', path: layout };
  const uvVersion = UV.exec(name)?.[1];
  const otherwise = uvVersion === undefined ? debianRecipe(name, suites) : { uvVersion };
  return { kind: 'reference', name, ...(otherwise ? { otherwise } : {}) };
};
