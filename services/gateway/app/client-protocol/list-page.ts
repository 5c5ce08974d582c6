import type { ListPagination } from '@slipway/protocol';

const PAGE = 100;

/** What one page of a list of the client protocol holds: times on the wire are seconds, 0 where none is meant. */
export const listPage = (
  pagination: ListPagination | undefined,
): { limit: number; createdBefore?: number } => ({
  limit: Math.min(pagination?.maxObjects || PAGE, PAGE),
  ...(pagination?.createdBefore ? { createdBefore: Math.round(pagination.createdBefore * 1000) } : {}),
});
