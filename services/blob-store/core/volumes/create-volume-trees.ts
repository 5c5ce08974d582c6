import {
  readVolumePath,
  refuseNewPath,
  type AnswerOf,
  type AskOf,
  type VolumeChange,
  type VolumeFile,
} from '@slipway/contracts';
import { accepted, refuse, RefusedError, type Refusal } from '@slipway/kernel';
import type { Ports } from '../ports.js';
import { blocksMissing } from './blocks-missing.js';
import { changeTree } from './change-tree.js';
import { checkChange } from './check-changes.js';
import { checkUploadTargets } from './check-upload-targets.js';
import { volumeNotFound } from './create-volumes.js';
import { loadDraft, type TreeReader } from './load-draft.js';
import { planCopy } from './plan-copy.js';
import { planRemoval } from './plan-removal.js';
import type { TreeDraft } from './tree-draft.js';
import { viewForCopy } from './view-for-copy.js';
import type { CommitOrder, TreeChange, VolumeKey } from './volume-records.js';

export type VolumeTrees = Readonly<{
  read(ask: AskOf<'blob-store.read-volume'>): Promise<AnswerOf<'blob-store.read-volume'>>;
  stage(ask: AskOf<'blob-store.stage-volume-changes'>): Promise<AnswerOf<'blob-store.stage-volume-changes'>>;
  commit(ask: AskOf<'blob-store.commit-volume'>): Promise<AnswerOf<'blob-store.commit-volume'>>;
  commitUpload(
    ask: AskOf<'blob-store.commit-volume-upload'>,
  ): Promise<AnswerOf<'blob-store.commit-volume-upload'>>;
  list(ask: AskOf<'blob-store.list-volume-entries'>): Promise<AnswerOf<'blob-store.list-volume-entries'>>;
  remove(ask: AskOf<'blob-store.remove-volume-entry'>): Promise<AnswerOf<'blob-store.remove-volume-entry'>>;
  copy(ask: AskOf<'blob-store.copy-volume-entries'>): Promise<AnswerOf<'blob-store.copy-volume-entries'>>;
}>;

const MOST_LISTED = 1000;

const throwIf = (refusal: Refusal | undefined): void => {
  if (refusal) throw new RefusedError(refusal);
};

/** What a draft changes. Throws RefusedError where an entry comes to a path that is too long to be kept. */
const changesOf = (draft: TreeDraft): TreeChange => {
  const changes = draft.changed();
  for (const path of changes.keys()) if (draft.isNew(path)) throwIf(refuseNewPath(path));
  return changes;
};

/** The trees of volumes: what is in them, and the commits that change them. */
export const createVolumeTrees = ({ volumes, now }: Pick<Ports, 'volumes' | 'now'>): VolumeTrees => {
  const changed = async (tree: TreeReader, changes: readonly VolumeChange[]): Promise<TreeChange> => {
    const draft = await loadDraft(tree, changes);
    throwIf(changeTree(draft, changes, now()));
    return changesOf(draft);
  };

  const commit = async (
    order: VolumeKey & Readonly<{ commitId: string; parts: number }>,
    decide: (tree: TreeReader, staged: readonly VolumeChange[]) => Promise<TreeChange>,
  ): Promise<{ version: number }> => {
    const end = await volumes.commit({ ...order, at: now() } satisfies CommitOrder, decide);
    switch (end.status) {
      case 'committed':
        return { version: end.version };
      case 'no-such-volume':
        throw volumeNotFound(order.volumeId);
      case 'parts-missing':
        throw new RefusedError(
          refuse(
            'conflict',
            'volume-parts-missing',
            `Commit '${order.commitId}' has ${order.parts} parts, but ${end.found} were staged: stage them again.`,
          ),
        );
      case 'blocks-missing':
        throw new RefusedError(blocksMissing(end.digests));
      default:
        return end satisfies never;
    }
  };

  return {
    read: async (order) => {
      const page = await volumes.readPage(order);
      if (!page) throw volumeNotFound(order.volumeId);
      return page;
    },

    stage: async (order) => {
      throwIf(order.changes.map(checkChange).find((refusal) => refusal !== undefined));
      if (!(await volumes.stage({ ...order, at: now() }))) throw volumeNotFound(order.volumeId);
      return {};
    },

    commit: (order) => commit(order, changed),

    commitUpload: ({ overwrite, ...order }) =>
      commit(order, async (tree, staged) => {
        const draft = await loadDraft(tree, staged);
        const files = staged.flatMap((change) =>
          'put' in change && change.put.kind === 'file' ? [change.put satisfies VolumeFile] : [],
        );
        throwIf(checkUploadTargets(files, overwrite, (path) => draft.get(path)));
        throwIf(changeTree(draft, staged, now()));
        return changesOf(draft);
      }),

    list: async ({ workspaceId, volumeId, path: text, depth, after, limit }) => {
      const path = accepted(readVolumePath(text));
      if (!(await volumes.find({ workspaceId, volumeId }))) throw volumeNotFound(volumeId);
      if (path !== '') {
        const [entry] = await volumes.tree(volumeId).entries([path]);
        if (!entry)
          throw new RefusedError(
            refuse('not-found', 'volume-path-not-found', `There is no '${path}' in this volume.`),
          );
        const { kind, mtimeMs } = entry;
        const sizeBytes = entry.kind === 'file' ? entry.sizeBytes : 0;
        if (kind !== 'directory') return { entries: [{ path, kind, sizeBytes, mtimeMs }] };
      }
      const most = Math.min(limit, MOST_LISTED);
      const entries = await volumes.listPage({
        volumeId,
        folder: path,
        depth,
        ...(after === undefined ? {} : { after }),
        limit: most,
      });
      const last = entries.at(-1);
      return { entries, ...(last && entries.length === most ? { next: last.path } : {}) };
    },

    remove: async ({ path: text, recursive, ...order }) => {
      const path = accepted(readVolumePath(text));
      await commit({ ...order, parts: 0 }, async (tree) => {
        const [entry] = path === '' ? [] : await tree.entries([path]);
        const isFolder = path === '' || entry?.kind === 'directory';
        const below = isFolder && recursive ? await tree.below(path) : [];
        return changed(tree, accepted(planRemoval(path, entry, below, recursive)));
      });
      return {};
    },

    copy: async ({ from, to, recursive, ...order }) => {
      const copy = {
        from: from.map((source) => accepted(readVolumePath(source))),
        to: accepted(readVolumePath(to)),
        toFolder: to.endsWith('/'),
        recursive,
      };
      await commit({ ...order, parts: 0 }, async (tree) =>
        changed(tree, accepted(planCopy(copy, await viewForCopy(tree, copy), now()))),
      );
      return {};
    },
  };
};
