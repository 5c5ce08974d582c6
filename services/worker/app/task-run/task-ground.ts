import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { TaskAssignment } from '@slipway/contracts';
import { CONTROL_SOCKET, type BoundPath, type ContainerLimits } from '@slipway/worker-core';
import type { ContainerSession } from '../control-socket/container-session.js';
import { serveControlSocket, type ControlSocket } from '../control-socket/serve-control-socket.js';
import {
  prepareContainer,
  removeContainer,
  type IsolatedContainer,
} from '../isolated-container/isolated-container.js';
import type { MountEvents } from '../volumes/volume-mounts.js';
import type { WebTask } from '../web/web-task.js';
import type { WorkerHost } from '../worker-host.js';
import { gatherParts, type Parts } from './gather-parts.js';
import { mountVolumes } from './mount-volumes.js';
import type { Stopwatch } from './stopwatch.js';

export type GroundOptions = Readonly<{
  session: ContainerSession;
  limits: ContainerLimits;
  watch: Stopwatch;
  web?: WebTask;
  volumeEvents: MountEvents;
}>;

/** What a container stands on, all of it made at once and taken away again whatever became of it. */
export class TaskGround {
  readonly controlFolder: string;
  private container: Omit<IsolatedContainer, 'root'> | undefined;
  private socket: ControlSocket | undefined;

  constructor(
    private readonly host: WorkerHost,
    private readonly task: TaskAssignment,
    private readonly options: GroundOptions,
  ) {
    this.controlFolder = join(host.folders.sockets, task.taskId);
  }

  async lay(): Promise<
    Readonly<{
      container: Omit<IsolatedContainer, 'root'>;
      parts: Parts;
      volumes: readonly BoundPath[];
    }>
  > {
    await mkdir(this.controlFolder, { recursive: true, mode: 0o755 });
    const begun = [
      this.makeContainer(),
      this.mountVolumes(),
      gatherParts(this.host, this.task, this.options.watch),
      this.serve(),
      this.options.web?.listenForLane(this.controlFolder) ?? Promise.resolve(),
    ] as const;
    // What began must be known before it is taken away again, whatever fails first.
    await Promise.allSettled(begun);
    const [container, volumes, parts] = await Promise.all(begun);
    return { container, volumes, parts };
  }

  /** Commits and unmounts the volumes; answers what of them was lost, in words. */
  unmountVolumes(): Promise<readonly string[]> {
    return this.host.volumes.unmountAll(this.task.taskId);
  }

  async clear(): Promise<void> {
    this.socket?.close();
    if (this.container !== undefined) await removeContainer(this.host, this.container);
    await rm(this.controlFolder, { recursive: true, force: true });
  }

  private async makeContainer(): Promise<Omit<IsolatedContainer, 'root'>> {
    const { diskMiB, promisedDiskMiB } = this.options.limits;
    this.container = await prepareContainer(this.host, this.task.taskId, {
      ...{ diskMiB, promisedDiskMiB },
      reach: this.task.network,
    });
    this.options.watch.mark('network');
    return this.container;
  }

  private async mountVolumes(): Promise<readonly BoundPath[]> {
    const bound = await mountVolumes(this.host, this.task, this.options.volumeEvents);
    this.options.watch.mark('volumes');
    return bound;
  }

  private async serve(): Promise<void> {
    const { session, web } = this.options;
    const path = join(this.controlFolder, basename(CONTROL_SOCKET));
    this.socket = await serveControlSocket(this.host, session, path, web);
  }
}
