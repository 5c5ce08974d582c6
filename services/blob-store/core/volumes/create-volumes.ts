import type { AnswerOf, AskOf } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import type { Ports } from '../ports.js';
import type { VolumeKey } from './volume-records.js';
import { EPHEMERAL_LEASE_MS, viewOfVolume, type VolumeRecord } from './volume-record.js';

export type Volumes = Readonly<{
  open(ask: AskOf<'blob-store.open-volume'>): Promise<AnswerOf<'blob-store.open-volume'>>;
  get(ask: VolumeKey): Promise<AnswerOf<'blob-store.get-volume'>>;
  list(ask: AskOf<'blob-store.list-volumes'>): Promise<AnswerOf<'blob-store.list-volumes'>>;
  measure(ask: AskOf<'blob-store.measure-volumes'>): Promise<AnswerOf<'blob-store.measure-volumes'>>;
  rename(ask: AskOf<'blob-store.rename-volume'>): Promise<AnswerOf<'blob-store.rename-volume'>>;
  delete(ask: AskOf<'blob-store.delete-volume'>): Promise<AnswerOf<'blob-store.delete-volume'>>;
  heartbeat(ask: VolumeKey): Promise<AnswerOf<'blob-store.heartbeat-volume'>>;
  expire(): Promise<AnswerOf<'blob-store.expire-volumes'>>;
}>;

export const volumeNotFound = (volumeId: string): RefusedError =>
  new RefusedError(
    refuse('not-found', 'volume-not-found', `Volume '${volumeId}' does not exist, or was deleted.`),
  );

const nameTaken = (name: string, environment: string): RefusedError =>
  new RefusedError(
    refuse('already-exists', 'volume-exists', `A volume '${name}' exists in environment '${environment}'.`),
  );

/** A name that others take and give up meanwhile is tried for again. */
const MOST_TRIES = 3;

const madeBefore = (name: string): RefusedError =>
  new RefusedError(
    refuse(
      'conflict',
      'request-made-before',
      `This request made a volume before that is not called '${name}', or is gone: make a new request.`,
    ),
  );

/** Volumes by name and id; their trees are in create-volume-trees.ts. */
export const createVolumes = ({ volumes, now }: Pick<Ports, 'volumes' | 'now'>): Volumes => {
  const get = async (key: VolumeKey): Promise<VolumeRecord> => {
    const volume = await volumes.find(key);
    if (!volume) throw volumeNotFound(key.volumeId);
    return volume;
  };

  const openEphemeral = async (volume: VolumeRecord): Promise<VolumeRecord> =>
    (await volumes.create({ ...volume, expiresAt: now() + EPHEMERAL_LEASE_MS })) ? volume : get(volume);

  const openNamed = async (
    volume: VolumeRecord,
    name: string,
    how: AskOf<'blob-store.open-volume'>['how'],
  ): Promise<VolumeRecord> => {
    const { workspaceId, environment } = volume;
    for (let tries = 0; ; tries += 1) {
      const found = await volumes.findNamed(workspaceId, environment, name);
      // The same id: it was made by an earlier attempt of this request.
      if (found && how === 'create' && found.volumeId !== volume.volumeId) throw nameTaken(name, environment);
      if (found) return found;
      if (how === 'find')
        throw new RefusedError(
          refuse(
            'not-found',
            'volume-not-found',
            `No volume '${name}' in environment '${environment}'. Make it with \`modal volume create ${name}\`, or in Python by create_if_missing=True.`,
          ),
        );
      // Nobody has the name, and still it cannot be made: it is the request's own id that is taken.
      if (tries === MOST_TRIES) throw madeBefore(name);
      if (await volumes.create({ ...volume, name })) return { ...volume, name };
    }
  };

  return {
    open: async ({ workspaceId, volumeId, environment, name, how, format = 2, createdBy }) => {
      const volume = {
        workspaceId,
        volumeId,
        environment,
        format,
        createdBy,
        createdAtMs: now(),
        version: 0,
      };
      return viewOfVolume(
        name === undefined ? await openEphemeral(volume) : await openNamed(volume, name, how),
      );
    },
    get: async (key) => viewOfVolume(await get(key)),
    list: async (order) => ({ volumes: (await volumes.list(order)).map(viewOfVolume) }),
    measure: async (order) => ({ volumes: await volumes.measure(order) }),
    rename: async ({ name, ...key }) => {
      const { environment, name: before } = await get(key);
      if (before === undefined)
        throw new RefusedError(
          refuse(
            'invalid',
            'volume-has-no-name',
            `Volume '${key.volumeId}' is ephemeral: it has no name to change.`,
          ),
        );
      const end = await volumes.rename(key, name);
      if (end === 'name-taken') throw nameTaken(name, environment);
      if (end === 'no-such-volume') throw volumeNotFound(key.volumeId);
      return {};
    },
    delete: async (order) => {
      if (!(await volumes.delete({ ...order, at: now() }))) throw volumeNotFound(order.volumeId);
      return {};
    },
    heartbeat: async (key) => {
      if (!(await volumes.extend(key, now() + EPHEMERAL_LEASE_MS))) throw volumeNotFound(key.volumeId);
      return {};
    },
    expire: async () => ({ expiredVolumes: await volumes.removeExpired(now(), EPHEMERAL_LEASE_MS) }),
  };
};
