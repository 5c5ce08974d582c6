import type { LayerRef, WorkspaceId } from '@slipway/contracts';
import {
  parseReference,
  type BaseImage,
  type BaseImages,
  type BuildLog,
  type DebianRecipe,
  type RegistryAuth,
} from '@slipway/image-builder-core';
import { isRefusal, refuse, RefusedError, type Refusal } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import type { ObjectClient } from '@slipway/nest-kit';
import type { MadeOnce } from '../ledger/made-once.js';
import type { Pip } from '../runtime-mounts/pip.js';
import { DEBIAN_RULE_VERSION, makeDebianBase } from './debian/debian-base.js';
import { openLayout } from './oci/oci-layout.js';
import { readImage } from './oci/read-image.js';
import { openCredentials } from './registry/credentials.js';
import type { Registries } from './registry/registry.js';
import { RegistryRefusedError } from './registry/registry.js';
import { makeUvImage } from './uv/uv-image.js';

export type BaseImageTools = Readonly<{
  bus: Bus;
  objects: ObjectClient;
  made: MadeOnce;
  pip: Pip;
  python: string;
  scratchDir: string;
  /** PATH of the programs that make images. */
  path: string;
  arch: string;
  ociLayouts: readonly string[];
  registries: Registries;
  siteLayer: () => Promise<LayerRef | undefined>;
}>;

/** Every kind of image that is not one of our own builds. What can be run in carries this site's certificates. */
export class ForeignBaseImages implements BaseImages {
  constructor(private readonly tools: BaseImageTools) {}

  async pull(
    name: string,
    auth: (RegistryAuth & Readonly<{ workspaceId: WorkspaceId }>) | undefined,
    log: BuildLog,
  ): Promise<BaseImage | undefined> {
    const reference = parseReference(name);
    if (!reference) throw new RefusedError(refuse('invalid', 'bad-image-name', `'${name}' is no image name`));
    const credentials = auth && (await openCredentials(this.tools.bus, auth));
    const source = await this.tools.registries.open(reference, credentials);
    if (!source) return undefined;
    try {
      log(`pulling ${source.name}:${reference.reference}\n`, 'info');
      return await this.withSite(await readImage(source, reference.reference, { ...this.tools, log }));
    } catch (error) {
      if (!(error instanceof RegistryRefusedError)) throw error;
      throw new RefusedError(refuse('not-found', 'registry-refused', `image '${name}': ${error.message}`));
    }
  }

  async fromLayout(path: string, log: BuildLog): Promise<BaseImage | Refusal> {
    const opened = await openLayout(path, this.tools.ociLayouts);
    if (isRefusal(opened)) return opened;
    return this.withSite(await readImage(opened.source, opened.reference, { ...this.tools, log }));
  }

  async fromDebian(recipe: DebianRecipe, log: BuildLog): Promise<BaseImage> {
    if (recipe.note !== undefined) log(`${recipe.note}\n`, 'info');
    const key = `debian ${DEBIAN_RULE_VERSION} ${recipe.suite} ${recipe.python ?? ''} ${this.tools.arch}`;
    return this.withSite(
      await this.tools.made.get(key, () => makeDebianBase(recipe, { ...this.tools, log })),
    );
  }

  async uvImage(version: string, log: BuildLog): Promise<BaseImage> {
    log(`taking uv ${version} from the package index\n`, 'info');
    return this.tools.made.get(`uv ${version} ${this.tools.arch}`, () => makeUvImage(version, this.tools));
  }

  private async withSite(base: BaseImage): Promise<BaseImage> {
    const layer = await this.tools.siteLayer();
    return layer ? { ...base, layers: [...base.layers, layer] } : base;
  }
}
