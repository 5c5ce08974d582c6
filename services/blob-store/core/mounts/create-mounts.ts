import { RUNTIME_WORKSPACE, type AnswerOf, type AskOf, type MountId } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import { objectId } from '../object-id.js';
import type { Ports } from '../ports.js';
import { firstThatFit, readMountList } from './mount-list.js';
import { checkMountFiles, mountIdentity, mountListing } from './mount-identity.js';

const PAGE = 10_000;

export type Mounts = Readonly<{
  findMissing(ask: AskOf<'blob-store.find-missing'>): Promise<AnswerOf<'blob-store.find-missing'>>;
  own(ask: AskOf<'blob-store.own-files'>): Promise<AnswerOf<'blob-store.own-files'>>;
  create(ask: AskOf<'blob-store.create-mount'>): Promise<AnswerOf<'blob-store.create-mount'>>;
  get(ask: AskOf<'blob-store.get-mount'>): Promise<AnswerOf<'blob-store.get-mount'>>;
  require(ask: AskOf<'blob-store.require-mounts'>): Promise<AnswerOf<'blob-store.require-mounts'>>;
  find(ask: AskOf<'blob-store.find-mount'>): Promise<AnswerOf<'blob-store.find-mount'>>;
}>;

/** Mounts: immutable sets of files by content. */
export const createMounts = (ports: Ports): Mounts => {
  const { records, blockOwners, mountUses, hashing, now } = ports;
  const findMissing: Mounts['findMissing'] = async ({ workspaceId, digests }) => {
    const wanted = [...new Set(digests)];
    const nameable = workspaceId === undefined ? wanted : await blockOwners.owned(workspaceId, wanted);
    const there = new Set(await records.touchObjects(nameable, now()));
    return { missing: wanted.filter((digest) => !there.has(digest)) };
  };
  return {
    findMissing,

    own: async ({ workspaceId, digests }) => {
      await blockOwners.add(workspaceId, digests);
      return {};
    },

    create: async ({ workspaceId, listDigest, name, namedBy }) => {
      const files = await readMountList(ports, listDigest);
      const refusal = checkMountFiles(files);
      if (refusal) throw new RefusedError(refusal);
      const { missing } = await findMissing({
        ...(namedBy === 'client' ? { workspaceId } : {}),
        digests: files.map(({ digest }) => digest),
      });
      const [lost] = missing;
      if (lost !== undefined) {
        const filename = files.find(({ digest }) => digest === lost)?.filename;
        throw new RefusedError(
          refuse(
            'conflict',
            'file-not-uploaded',
            `'${filename}' (${lost}) is not in the store: upload it first`,
          ),
        );
      }
      const checksum = hashing.sha256Hex(mountListing(files));
      const identity = mountIdentity({ workspaceId, ...(name === undefined ? {} : { name }) }, checksum);
      const mountId = objectId('mo', hashing.sha256(identity)) as MountId;
      await records.putMount({
        mountId,
        checksum,
        files,
        workspaceId,
        at: now(),
        ...(name === undefined ? {} : { name }),
      });
      return { mountId, checksum };
    },

    get: async ({ mountId, after = '' }) => {
      const mount = await records.findMount(mountId);
      if (!mount) throw notFound(mountId);
      const found = await records.mountFiles(mountId, { after, limit: PAGE });
      const files = firstThatFit(found);
      const last = files.length < found.length || found.length === PAGE ? files.at(-1) : undefined;
      return { ...mount, files, ...(last && { next: last.filename }) };
    },

    require: async ({ workspaceId, mountIds, usedBy }) => {
      const use = { at: now(), ...(usedBy === undefined ? {} : { usedBy }) };
      const found = new Set(await mountUses.note([workspaceId, RUNTIME_WORKSPACE], mountIds, use));
      const foreign = mountIds.find((mountId) => !found.has(mountId));
      if (foreign !== undefined) throw notFound(foreign);
      return {};
    },

    find: async ({ workspaceId, name }) => {
      const mount = await records.findNamedMount(workspaceId, name);
      return mount ? { mount } : {};
    },
  };
};

const notFound = (mountId: MountId): RefusedError =>
  new RefusedError(refuse('not-found', 'mount-not-found', `mount '${mountId}' does not exist`));
