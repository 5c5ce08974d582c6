import type { RegretSplit } from '@slipway/capacity-planner-core';
import { renderTable } from '../../terminal/table.ts';

const usd = (micro: number): string => (micro / 1_000_000).toFixed(2);

/** What runs of the planner cost above the clairvoyant bound, and why, in US dollars. */
export const regretTable = (splits: readonly (readonly [run: string, split: RegretSplit])[]): string =>
  renderTable(
    ['RUN', 'TOTAL', 'BOUND', 'REGRET', 'FORECAST', 'OUTAGES', 'WHOLE NODES'],
    splits.map(([run, split]) => [
      run,
      ...[
        split.totalMicroUsd,
        split.boundMicroUsd,
        split.regretMicroUsd,
        split.forecastMicroUsd,
        split.outagesMicroUsd,
        split.wholenessMicroUsd,
      ].map(usd),
    ]),
  );
