import { KeyedLock, type VolumeKey } from '@slipway/blob-store-core';

/**
 * Whoever changes a volume waits here for whoever changes it already: in the database each would hold one of the few connections
 * that all volumes share.
 */
export class VolumeTurns {
  private readonly lock = new KeyedLock();
  private readonly underWay = new Map<string, Promise<unknown>>();

  run<Result>({ workspaceId, volumeId }: VolumeKey, change: () => Promise<Result>): Promise<Result> {
    return this.lock.run(`${workspaceId}/${volumeId}`, change);
  }

  /** A request that comes again before it is answered gets the answer of the first; `request` tells its kind, too. */
  runOnce<Result>(key: VolumeKey, request: string, change: () => Promise<Result>): Promise<Result> {
    const name = `${key.workspaceId}/${key.volumeId}/${request}`;
    const first = this.underWay.get(name) as Promise<Result> | undefined;
    if (first !== undefined) return first;
    const mine = this.run(key, change).finally(() => this.underWay.delete(name));
    this.underWay.set(name, mine);
    return mine;
  }
}
