import type { CostRow } from '@slipway/contracts';
import type { RpcParts } from '../rpc-parts.js';
import type { BillingCycle } from './billing-cycle.js';

const NOTHING = { billedUsd: '0.000000', bySku: [] } as const;

/** What is billed for a cycle, in all of the workspace or in some of its environments: as a month's sum counts it. */
export const usedInCycle = async (
  { bus }: Pick<RpcParts, 'bus'>,
  workspaceId: string,
  { start, end, month }: BillingCycle,
  environments?: readonly string[],
): Promise<Pick<CostRow, 'billedUsd' | 'bySku'>> => {
  const { rows } = await bus.request('billing.list-costs', {
    workspaceId,
    fromMs: start.getTime(),
    toMs: end.getTime(),
    billedIn: month,
    resolution: 'all',
    per: 'workspace',
    ...(environments === undefined ? {} : { environments }),
  });
  return rows[0] ?? NOTHING;
};
