import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RUNTIME_WORKSPACE, type MountFile, type MountId } from '@slipway/contracts';
import { parseRuntimeMountName, type RuntimeMount, type RuntimeMounts } from '@slipway/image-builder-core';
import { accepted, refuse, RefusedError } from '@slipway/kernel';
import type { Logger } from '@slipway/telemetry';
import type { MadeOnce } from '../ledger/made-once.js';
import { makeClientMount, type MountTools } from './client-mount.js';
import { makeLaneMount } from './lane-mount.js';
import { makeDependencyMount } from './dependency-mount.js';

/** Raise it when what a mount of a name holds changes. */
const RULE_VERSION = 1;

type Named = Readonly<{ mountId: MountId; checksum: string }>;

/** The client's package and its dependencies, fetched from the package index on first use and kept by content. */
export class FetchedRuntimeMounts implements RuntimeMounts {
  constructor(
    private readonly tools: Omit<MountTools, 'folder'> &
      Readonly<{ made: MadeOnce; logger: Logger; scratchDir: string; clientVersion: string }>,
  ) {}

  async get(name: string): Promise<Named> {
    const mount = accepted(parseRuntimeMountName(name));
    if (mount.kind === 'standalone-python')
      throw new RefusedError(
        refuse(
          'unsupported',
          'standalone-python-unreachable',
          `'${name}' is not on the package index and no mirror for it is configured: ` +
            'take a base image that has the Python that you want (python:3.X-slim) instead of add_python',
        ),
      );
    return this.tools.made.get(`runtime-mount ${RULE_VERSION} ${name}`, () => this.make(name, mount));
  }

  private async make(
    name: string,
    mount: Exclude<RuntimeMount, { kind: 'standalone-python' }>,
  ): Promise<Named> {
    const { bus, logger, scratchDir, clientVersion } = this.tools;
    const startedAt = Date.now();
    const folder = await mkdtemp(join(scratchDir, 'mount-'));
    try {
      const tools = { ...this.tools, folder };
      const replaced = (said: string): void => logger.warn({ mount: name }, said);
      const files: readonly MountFile[] =
        mount.kind === 'client'
          ? await makeClientMount(mount.version, tools)
          : mount.kind === 'web-lane'
            ? await makeLaneMount(mount, tools)
            : await makeDependencyMount(mount, clientVersion, tools, replaced);
      const created = await bus.persist('blob-store.create-mount', {
        workspaceId: RUNTIME_WORKSPACE,
        name,
        files,
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
}
