import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { billingCycle } from './billing-cycle.js';
import { costByName } from './cost-by-name.js';
import { usedInCycle } from './used-in-cycle.js';

type Parts = Pick<RpcParts, 'bus' | 'environments'>;

/** A text of an amount with the sign turned. */
const taken = (usd: string): string =>
  usd.startsWith('-') ? usd.slice(1) : /[1-9]/.test(usd) ? `-${usd}` : usd;

export const workspaceBillingSummary =
  (parts: Parts): UnaryRpc<'workspaceBillingSummary'> =>
  async ({ startTimestamp }, { caller: { workspaceId } }) => {
    const cycle = billingCycle(startTimestamp, Date.now());
    const balance = await parts.bus.request('billing.sum-month', { workspaceId, month: cycle.month });
    const used = await usedInCycle(parts, workspaceId, cycle);
    return {
      startTimestamp: cycle.start,
      endTimestamp: cycle.end,
      meteredCost: balance.usageUsd,
      billedCost: balance.dueUsd,
      meteredCostBreakdown: costByName(used),
      adjustments: {
        Credits: taken(balance.creditedUsd),
        'Paid ahead': taken(balance.prepaidUsedUsd),
        Corrections: balance.adjustedUsd,
      },
    };
  };

export const environmentBillingSummary =
  (parts: Parts): UnaryRpc<'environmentBillingSummary'> =>
  async ({ startTimestamp, environmentId }, { caller: { workspaceId } }) => {
    const cycle = billingCycle(startTimestamp, Date.now());
    const { name } = await parts.environments.getById(workspaceId, environmentId);
    const used = await usedInCycle(parts, workspaceId, cycle, [name]);
    return {
      startTimestamp: cycle.start,
      endTimestamp: cycle.end,
      meteredCost: used.billedUsd,
      meteredCostBreakdown: costByName(used),
    };
  };
