import type { AskCosts, CostPage, CostRow } from '@slipway/contracts';
import type { RpcParts } from '../rpc-parts.js';

/** Costs in the order of time, however many: billing answers them page by page. */
export async function* eachCost(bus: RpcParts['bus'], ask: AskCosts): AsyncGenerator<CostRow> {
  for (let fromMs: number | undefined = ask.fromMs; fromMs !== undefined;) {
    const page: CostPage = await bus.request('billing.list-costs', { ...ask, fromMs, isPaged: true });
    yield* page.rows;
    fromMs = page.nextFromMs;
  }
}
