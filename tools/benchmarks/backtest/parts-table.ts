import type { CostParts } from '@slipway/capacity-planner-core';
import { renderTable } from '../../terminal/table.ts';

/** Where the money of some runs went, US dollars each, a bound beside it where it is known. */
export const partsTable = (
  runs: readonly Readonly<{ run: string; parts: CostParts; boundMicroUsd: number | undefined }>[],
): string =>
  renderTable(
    [
      'DAY',
      'BUSY',
      'BUSY SPOT',
      'IDLE',
      'STARTING',
      'MINIMUMS',
      'EGRESS',
      'LATE: LOSSES',
      'FAILURES',
      'GROWTH',
      'SHORT',
      'BOUND',
    ],
    runs.map(({ run, parts, boundMicroUsd }) => [
      run,
      ...[
        parts.busyOnDemand,
        parts.busySpot,
        parts.idle,
        parts.starting,
        parts.unusedMinimums,
        parts.egress,
        parts.lateAfterLosses,
        parts.lateAfterFailures,
        parts.lateForGrowth,
        parts.short,
      ].map(usd),
      boundMicroUsd === undefined ? '-' : usd(boundMicroUsd),
    ]),
  );

const usd = (micro: number): string => (micro / 1_000_000).toFixed(0);
