import { refuse, RefusedError } from '@slipway/kernel';

/** Of another workspace is the same as not there: ids of strangers reveal nothing. */
export const owned = <Item extends { workspaceId: string }>(
  item: Item | undefined,
  workspaceId: string,
  what: string,
  id: string,
): Item => {
  if (item === undefined || item.workspaceId !== workspaceId)
    throw new RefusedError(refuse('not-found', `${what}-not-found`, `there is no ${what} ${id}`));
  return item;
};
