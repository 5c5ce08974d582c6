import { isOver, type Host } from '@slipway/capacity-planner-core';
import { refuse, RefusedError } from '@slipway/kernel';

export type PageOfHosts = Readonly<{ page: readonly Host[]; nextCursor?: string }>;

/** What a host's place in the list follows from. A host that ends moves on in the list, so that no page misses it. */
type Mark = Readonly<{ isLive: boolean; askedAt: number; hostId: string }>;

const SHAPE = /^(live|over)\.(\d{1,16})\.([A-Za-z0-9-]{1,128})$/;

const markOf = (host: Host): Mark => ({
  isLive: !isOver(host),
  askedAt: host.askedAt,
  hostId: host.hostId,
});

const writeCursor = ({ isLive, askedAt, hostId }: Mark): string =>
  `${isLive ? 'live' : 'over'}.${askedAt}.${hostId}`;

const readCursor = (cursor: string): Mark => {
  const [, section, askedAt, hostId] = SHAPE.exec(cursor) ?? [];
  if (section === undefined || hostId === undefined)
    throw new RefusedError(
      refuse(
        'invalid',
        'cursor-invalid',
        `'${cursor}' is no cursor: pass the nextCursor of the page before.`,
      ),
    );
  return { isLive: section === 'live', askedAt: Number(askedAt), hostId };
};

/** Hosts that are not over first, then the newest. */
const inOrder = (a: Mark, b: Mark): number =>
  Number(b.isLive) - Number(a.isLive) || b.askedAt - a.askedAt || (a.hostId < b.hostId ? 1 : -1);

/** Those that come after the cursor, at most `limit`. Throws RefusedError where it is none. */
export const pageOfHosts = (
  hosts: readonly Host[],
  { limit, cursor }: Readonly<{ limit: number; cursor?: string }>,
): PageOfHosts => {
  const mark = cursor === undefined ? undefined : readCursor(cursor);
  const left = hosts
    .map((host) => ({ host, ...markOf(host) }))
    .filter((at) => mark === undefined || (at.hostId !== mark.hostId && inOrder(mark, at) < 0))
    .toSorted(inOrder);
  const page = left.slice(0, limit);
  const last = page.at(-1);
  return {
    page: page.map(({ host }) => host),
    ...(last !== undefined && left.length > limit ? { nextCursor: writeCursor(last) } : {}),
  };
};
