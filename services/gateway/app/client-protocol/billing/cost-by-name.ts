import type { CostRow } from '@slipway/contracts';

/** What a row's things cost, as clients list it: by the name of the thing. */
export const costByName = ({ bySku }: Pick<CostRow, 'bySku'>): Record<string, string> =>
  Object.fromEntries(bySku.map(({ name, billedUsd }) => [name, billedUsd]));
