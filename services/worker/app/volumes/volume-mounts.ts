import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TaskAssignment, TaskId, VolumeId, VolumeMount } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import type { ObjectClient } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import type { BoundPath } from '@slipway/worker-core';
import type { ContainerRuntime } from '../runtime/container-runtime.js';
import type { BlockCache } from './block-cache.js';
import { volumeFolderInside } from './link-volumes.js';
import { MountedVolume } from './mounted-volume.js';
import { storedVolume } from './stored-volume.js';
import { subPathOf } from './sub-path.js';
import { TaskVolume } from './task-volume.js';

export type VolumeMountParts = Readonly<{
  folder: string;
  cache: BlockCache;
  stagingLimitBytes: number;
  bus: Bus;
  objects: ObjectClient;
  runtime: ContainerRuntime;
  logger: Logger;
}>;

export type MountEvents = Readonly<{
  /** One of the volumes no longer answers. */
  onLost: (why: Error) => void;
  /** What programs of the container are to know. */
  tell: (message: string) => void;
}>;

/** The volumes that are mounted for the containers of this worker. */
export class VolumeMounts {
  private readonly tasks = new Map<TaskId, TaskVolume[]>();

  constructor(private readonly parts: VolumeMountParts) {}

  /** Mounts a task's volumes, all or none; answers what its container is to see. */
  async mountAll(task: TaskAssignment, events: MountEvents): Promise<readonly BoundPath[]> {
    const { taskId, volumes = [] } = task;
    if (volumes.length === 0) return [];
    const mounted: TaskVolume[] = [];
    this.tasks.set(taskId, mounted);
    await mkdir(join(this.parts.folder, taskId), { recursive: true });
    const begun = await Promise.allSettled(
      volumes.map(async (mount) => mounted.push(await this.mount(task, mount, events))),
    );
    const failed = begun.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return volumes.map(({ volumeId, access }) => ({
      source: this.folderOf(taskId, volumeId),
      destination: volumeFolderInside(volumeId),
      access,
    }));
  }

  commit(taskId: TaskId, volumeId: VolumeId): Promise<void> {
    return this.find(taskId, volumeId).commit();
  }

  reload(taskId: TaskId, volumeId: VolumeId): Promise<void> {
    return this.find(taskId, volumeId).reload();
  }

  /** Ends a task's mounts after a last commit; answers a sentence for each volume that lost something. */
  async unmountAll(taskId: TaskId): Promise<readonly string[]> {
    const mounted = this.tasks.get(taskId) ?? [];
    this.tasks.delete(taskId);
    const lost = await Promise.all(
      mounted.map(async (volume) => {
        const error = await volume.close();
        return error === undefined
          ? []
          : [`Volume ${volume.volumeId}: changes that were not committed are lost: ${error.message}`];
      }),
    );
    return lost.flat();
  }

  private async mount(
    { taskId, workspaceId }: TaskAssignment,
    mount: VolumeMount,
    { onLost, tell }: MountEvents,
  ): Promise<TaskVolume> {
    const { bus, objects, cache, stagingLimitBytes, runtime, logger } = this.parts;
    const { volumeId, subPath, access } = mount;
    const whole = storedVolume(bus, objects, { workspaceId, volumeId });
    const facts = { taskId, volumeId };
    const mounted = await MountedVolume.mount({
      name: `slipway:${volumeId}`,
      source: subPath === undefined ? whole : await subPathOf(whole, subPath, access),
      folder: this.folderOf(taskId, volumeId),
      access,
      cache,
      stagingLimitBytes,
      onFault: (message) => logger.warn({ ...facts, fault: message }, 'a volume answered an error'),
      onLost: (why) => {
        logger.error({ ...facts, err: why }, 'a volume no longer answers');
        onLost(new Error(`volume ${volumeId} no longer answers: ${why.message}`));
      },
    });
    return new TaskVolume(mount, mounted, {
      openPaths: () => runtime.openPaths(taskId),
      onWarning: (message, error) => logger.warn({ ...facts, err: error }, message),
      tell,
    });
  }

  private folderOf(taskId: TaskId, volumeId: VolumeId): string {
    return join(this.parts.folder, taskId, volumeId);
  }

  private find(taskId: TaskId, volumeId: VolumeId): TaskVolume {
    const found = this.tasks.get(taskId)?.find((volume) => volume.volumeId === volumeId);
    if (found !== undefined) return found;
    throw new RefusedError(
      refuse(
        'not-found',
        'volume-not-mounted',
        `Volume ${volumeId} is not mounted in this container; name it in volumes={...} of its function.`,
      ),
    );
  }
}
