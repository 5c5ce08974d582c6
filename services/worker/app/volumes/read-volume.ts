import type { AnswerOf, VolumeEntry, VolumeId, WorkspaceId } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import type { VolumeChanges } from '@slipway/worker-core';

const ENTRIES_PER_PAGE = 1_000;

type Page = AnswerOf<'blob-store.read-volume'>;
type Reading = VolumeChanges & Readonly<{ version: number }>;

/** Reads what changed since a version, page by page; commits that come in between are read after. */
export const readVolume = async (
  bus: Bus,
  volume: Readonly<{ workspaceId: WorkspaceId; volumeId: VolumeId }>,
  since: number | undefined,
): Promise<Reading> => {
  let full = since === undefined;
  let entries = new Map<string, VolumeEntry>();
  let removed = new Set<string>();
  const take = (page: Page): void => {
    for (const entry of page.entries) {
      entries.set(entry.path, entry);
      removed.delete(entry.path);
    }
    for (const path of page.removed) {
      entries.delete(path);
      removed.add(path);
    }
  };
  for (let from = since; ;) {
    let after: string | undefined;
    let told: 'all' | 'changes' | undefined;
    const versions: number[] = [];
    do {
      const page = await bus.persist('blob-store.read-volume', {
        ...volume,
        limit: ENTRIES_PER_PAGE,
        ...(from !== undefined && { since: from }),
        ...(after !== undefined && { after }),
      });
      if (page.full && after === undefined) {
        full = true;
        entries = new Map();
        removed = new Set();
      }
      // The history was forgotten since the first page: what was removed is not told from here on.
      if (page.full && told === 'changes') return readVolume(bus, volume, undefined);
      told = page.full ? 'all' : 'changes';
      take(page);
      versions.push(page.version);
      after = page.next;
    } while (after !== undefined);
    const least = Math.min(...versions);
    if (least === Math.max(...versions))
      return {
        full,
        version: least,
        entries: [...entries.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
        removed: [...removed],
      };
    from = least;
  }
};
