import type { ContainerUsage } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';
import { callPositions } from '../store/call-usage-rows.js';
import { readUsageAt } from '../store/usage-at.js';

export type OfCall = Readonly<{ workspaceId: string; callId: string }>;

/** Facts that are read at a time. */
const PAGE = 2_000;

/** The usage of a call, fact by fact as it was booked: a map of a million inputs has more of it than one answer of the store may hold. */
export const callUsage = async function* (
  connection: SqlPool,
  of: OfCall,
  page = PAGE,
): AsyncGenerator<ContainerUsage> {
  for (let after = '-1'; ;) {
    const positions = await callPositions(connection, of, { after, limit: page });
    for (const { fact } of await readUsageAt(connection, positions))
      if (fact.kind === 'container') yield fact;
    if (positions.length < page) return;
    after = positions.at(-1)!;
  }
};
