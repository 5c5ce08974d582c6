import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/** What everything costs the workspace now. */
export const workspaceBillingRates =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'workspaceBillingRates'> =>
  async (_request, { caller: { workspaceId } }) => {
    const card = await bus.request('billing.get-rates', { workspaceId });
    const width = Math.max(...card.rates.map(({ name }) => name.length));
    const notes = Object.entries({ ...card.regions, 'not preemptible': card.nonPreemptible })
      .filter(([, ratio]) => ratio !== '1')
      .map(([name, ratio]) => `${name}: computing costs ${ratio} of that`);
    return {
      rates: Object.fromEntries(card.rates.map(({ name, usdPerUnit }) => [name, usdPerUnit])),
      deprecationWarnings: {},
      deprecationErrors: {},
      formatted: [
        `Rates in ${card.currency}`,
        ...card.rates.map(({ name, usdPerUnit, unit }) => `${name.padEnd(width)}  ${usdPerUnit} per ${unit}`),
        ...notes,
      ].join('\n'),
    };
  };
