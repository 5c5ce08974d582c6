import type { BudgetView } from '@slipway/contracts';
import { callerName } from '@slipway/gateway-core';
import { refuse, RefusedError } from '@slipway/kernel';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { billingCycle } from './billing-cycle.js';
import { usdOfDollars } from './usd-of-dollars.js';
import { usedInCycle } from './used-in-cycle.js';

type Parts = Pick<RpcParts, 'bus' | 'environments'>;

/** The hard budgets that what starts in an environment must fit under: its own, and the workspace's. */
const hardBudgets = async (
  { bus }: Parts,
  workspaceId: string,
  environment: string,
): Promise<Readonly<{ all: readonly BudgetView[]; own: BudgetView | undefined }>> => {
  const { budgets } = await bus.request('billing.list-budgets', { workspaceId });
  const all = budgets.filter(
    (one) => one.kind === 'hard' && (one.environment ?? environment) === environment,
  );
  return { all, own: all.find((one) => one.environment !== undefined) };
};

/** Clients are told dollars as floating point; nothing is worked out with them but what they are told. */
export const environmentGetBudget =
  (parts: Parts): UnaryRpc<'environmentGetBudget'> =>
  async ({ environmentId }, { caller: { workspaceId } }) => {
    const { name } = await parts.environments.getById(workspaceId, environmentId);
    const { all, own } = await hardBudgets(parts, workspaceId, name);
    // A budget counts on when its environment gets another name; what was charged keeps the old one.
    const usedUsd =
      own?.spentUsd ??
      (await usedInCycle(parts, workspaceId, billingCycle(undefined, Date.now()), [name])).billedUsd;
    return {
      cycleBudgetDollars: own === undefined ? undefined : Number(own.limitUsd),
      // The lowest one; 0 where there is none.
      effectiveCycleSpendLimit:
        all.length === 0 ? 0 : Math.min(...all.map(({ limitUsd }) => Number(limitUsd))),
      currentCycleUsage: Number(usedUsd),
      spendLimitReached: all.some(({ limitUsd, spentUsd }) => Number(spentUsd) >= Number(limitUsd)),
    };
  };

/** Sets the environment's hard budget, or takes it away; taking away what is not there changes nothing. */
export const environmentSetBudget =
  (parts: Parts): UnaryRpc<'environmentSetBudget'> =>
  async ({ environmentId, cycleBudgetDollars, clearBudget }, { caller }) => {
    const { workspaceId } = caller;
    const { name } = await parts.environments.getById(workspaceId, environmentId);
    if (clearBudget) {
      const { own } = await hardBudgets(parts, workspaceId, name);
      if (own !== undefined)
        await parts.bus.request('billing.delete-budget', { workspaceId, budgetId: own.budgetId });
      return {};
    }
    if (cycleBudgetDollars === undefined)
      throw new RefusedError(
        refuse(
          'invalid',
          'budget-missing',
          'cycle_budget_dollars is missing: give the dollars of a month, or say clear_budget.',
        ),
      );
    await parts.bus.request('billing.set-budget', {
      workspaceId,
      environment: name,
      kind: 'hard',
      limitUsd: usdOfDollars('cycle_budget_dollars', cycleBudgetDollars),
      setBy: callerName(caller),
    });
    return {};
  };
