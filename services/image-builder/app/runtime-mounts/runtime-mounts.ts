import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RUNTIME_WORKSPACE, type MountFile, type MountId } from '@slipway/contracts';
import { parseRuntimeMountName, type RuntimeMount, type RuntimeMounts } from '@slipway/image-builder-core';
import { accepted } from '@slipway/kernel';
import { putMountList } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import { withPatience } from '../contents/blob-store-contents.js';
import type { MadeOnce } from '../ledger/made-once.js';
import { makeClientMount, type MountTools } from './client-mount.js';
import { makeLaneMount } from './lane-mount.js';
import { makeDependencyMount } from './dependency-mount.js';
import { fetchPython } from './fetch-python.js';
import { storeFolder } from './store-folder.js';

/** Raise it when what a mount of a name holds changes. */
const RULE_VERSION = 1;

type Named = Readonly<{ mountId: MountId; checksum: string }>;

/** The client's package, its dependencies and Pythons for images without one: fetched on first use and kept by content. */
export class FetchedRuntimeMounts implements RuntimeMounts {
  constructor(
    private readonly tools: Omit<MountTools, 'folder'> &
      Readonly<{
        made: MadeOnce;
        logger: Logger;
        scratchDir: string;
        clientVersion: string;
        pythonBuildsUrl: string;
        arch: string;
      }>,
  ) {}

  async get(name: string): Promise<Named> {
    const mount = accepted(parseRuntimeMountName(name));
    return this.tools.made.get(`runtime-mount ${RULE_VERSION} ${name}`, () => this.make(name, mount));
  }

  private async make(name: string, mount: RuntimeMount): Promise<Named> {
    const { bus, objects, logger, scratchDir } = this.tools;
    const startedAt = Date.now();
    const folder = await mkdtemp(join(scratchDir, 'mount-'));
    try {
      const files = await this.filesOf(name, mount, folder);
      const created = await bus.persist('blob-store.create-mount', {
        workspaceId: RUNTIME_WORKSPACE,
        name,
        listDigest: await withPatience(() => putMountList(objects, files)),
        namedBy: 'platform',
      });
      const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
      logger.info(
        { mount: name, files: files.length, sizeBytes, tookMs: Date.now() - startedAt },
        'runtime mount made',
      );
      return created;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private async filesOf(name: string, mount: RuntimeMount, folder: string): Promise<readonly MountFile[]> {
    const { clientVersion, logger, ...shared } = this.tools;
    const tools = { ...shared, folder };
    switch (mount.kind) {
      case 'client':
        return makeClientMount(mount.version, tools);
      case 'web-lane':
        return makeLaneMount(mount, tools);
      case 'dependencies':
        return makeDependencyMount(mount, clientVersion, tools, (said) => logger.warn({ mount: name }, said));
      case 'standalone-python':
        return storeFolder(await fetchPython(mount.build, tools), '/python', tools);
      default:
        return mount satisfies never;
    }
  }
}
