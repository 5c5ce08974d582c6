import type { TaskAssignment } from '@slipway/contracts';
import type { BoundPath } from '@slipway/worker-core';
import type { MountEvents } from '../volumes/volume-mounts.js';
import { linkVolumes } from '../volumes/link-volumes.js';
import type { WorkerHost } from '../worker-host.js';
import { refusedAs } from './start-failures.js';

/** Mounts a task's volumes. What is wrong with a volume is final; what is wrong with this host another start may do without. */
export const mountVolumes = (
  { volumes }: Pick<WorkerHost, 'volumes'>,
  task: TaskAssignment,
  events: MountEvents,
): Promise<readonly BoundPath[]> =>
  volumes.mountAll(task, events).catch(refusedAs('init-failure', 'volumes'));

/** Links a container's mount paths to its volumes. What an image has in their way is final, as above. */
export const linkMounts = (root: string, { volumes }: Pick<TaskAssignment, 'volumes'>): Promise<void> =>
  linkVolumes(root, volumes).catch(refusedAs('init-failure', 'volumes'));
