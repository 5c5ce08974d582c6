import type { Score } from '@slipway/capacity-planner-core';
import { renderTable } from '../../terminal/table.ts';

/** The league table, money in US dollars a day. */
export const scoreTable = (scores: readonly Score[]): string =>
  renderTable(
    [
      'POLICY',
      'TOTAL',
      'INFRA',
      'LATE',
      'SHORT',
      'LATE %',
      'SHORT %',
      'AVOIDABLE %',
      'PRIORITY %',
      'BUSY %',
      'STARTS',
      'MOVES',
      'CHURN %/h',
      'x BOUND',
      'WORST',
      'INFRA x',
    ],
    scores.map((score) => [
      score.policy,
      score.totalUsd.toFixed(0),
      score.infrastructureUsd.toFixed(0),
      score.latenessUsd.toFixed(0),
      score.shortageUsd.toFixed(0),
      score.latePercent.toFixed(2),
      score.shortPercent.toFixed(2),
      score.avoidableShortPercent.toFixed(2),
      score.priorityShortStepsPercent.toFixed(2),
      score.busyPercent.toFixed(1),
      score.startsPerStep.toFixed(1),
      score.movesPerStep.toFixed(1),
      score.churnPercentPerHour.toFixed(1),
      score.overBound?.mean.toFixed(3) ?? '-',
      score.overBound?.worst.toFixed(3) ?? '-',
      score.overBound?.infrastructure.toFixed(3) ?? '-',
    ]),
  );
