import type { AppView, VolumeView, WorkspaceId } from '@slipway/contracts';
import type { EnvironmentContents } from '@slipway/gateway-core';
import type { Bus } from '@slipway/messaging';
import { deleteVolume } from '../volumes/delete-volume.js';

const PAGE = 100;

const livingApps = async (bus: Bus, workspaceId: WorkspaceId, environment: string): Promise<AppView[]> => {
  const { apps } = await bus.request('scheduler.list-apps', { workspaceId, environment });
  return apps.filter((app) => app.state !== 'stopped');
};

async function* volumesOf(
  bus: Bus,
  workspaceId: WorkspaceId,
  environment: string,
): AsyncGenerator<VolumeView> {
  for (let last: VolumeView | undefined; ;) {
    const { volumes } = await bus.request('blob-store.list-volumes', {
      workspaceId,
      environments: { only: [environment] },
      limit: PAGE,
      ...(last ? { before: { createdAtMs: last.createdAtMs, volumeId: last.volumeId } } : {}),
    });
    yield* volumes;
    last = volumes.at(-1);
    if (last === undefined) return;
  }
}

type Emptying = Readonly<{ workspaceId: WorkspaceId; environment: string; deletionId: string }>;

/** What other services keep under the name of an environment. */
export const contentsOf = async (
  bus: Bus,
  workspaceId: WorkspaceId,
  environment: string,
): Promise<EnvironmentContents> => {
  let volumes = 0;
  for await (const _volume of volumesOf(bus, workspaceId, environment)) volumes += 1;
  const { budgets } = await bus.request('billing.list-budgets', { workspaceId });
  return {
    apps: (await livingApps(bus, workspaceId, environment)).length,
    volumes,
    heldUsd: budgets.find((budget) => budget.environment === environment)?.heldUsd ?? '0',
  };
};

/** Has what other services keep under the name of an environment follow it to another one; asked again it does no harm. */
export const moveContents = async (
  bus: Bus,
  move: Readonly<{ workspaceId: WorkspaceId; environment: string; to: string }>,
): Promise<void> => {
  await bus.request('image-builder.move-image-names', move);
  await bus.request('billing.move-environment', move);
};

/**
 * Stops its apps, deletes its volumes and its budgets, and forgets what images are called in it; asked again with the same
 * `deletionId` it goes on.
 */
export const emptyEnvironment = async (
  bus: Bus,
  { workspaceId, environment, deletionId }: Emptying,
): Promise<void> => {
  const reason = `environment '${environment}' was deleted`;
  // One list may not hold them all.
  for (;;) {
    const running = (await livingApps(bus, workspaceId, environment)).filter(
      ({ state }) => state !== 'stopping',
    );
    if (running.length === 0) break;
    for (const { appId } of running) await bus.request('scheduler.stop-app', { workspaceId, appId, reason });
  }
  for await (const { volumeId } of volumesOf(bus, workspaceId, environment))
    await deleteVolume(bus, { workspaceId, volumeId, deletionId });
  await bus.request('image-builder.delete-image-names', { workspaceId, environment });
  await bus.request('billing.delete-budgets', { workspaceId, environment });
};
