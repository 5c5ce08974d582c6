import type { AskOf, ContainerUsage } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';
import { refuse } from '@slipway/kernel';
import { deny } from '../deny.js';
import { readFactsOf } from '../store/taken-usage.js';

/** A page of what a container used, as its workspace sees it. */
export const containerUsage = async (
  pool: SqlPool,
  { workspaceId, containerId, after, limit }: AskOf<'billing.get-container-usage'>,
): Promise<readonly ContainerUsage[]> => {
  const facts = await readFactsOf(pool, containerId, { after: after ?? -1, limit });
  const own = facts.flatMap((fact) =>
    fact.kind === 'container' && fact.workspaceId === workspaceId ? [fact] : [],
  );
  if (own.length === 0 && after === undefined)
    deny(
      refuse(
        'not-found',
        'container-usage-not-found',
        `nothing is known of what a container ${containerId} used: it is told each ten seconds and at the end`,
      ),
    );
  return own;
};
