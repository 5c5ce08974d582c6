import { scoreOf, type Outcome, type RegretSplit, type Trace } from '@slipway/capacity-planner-core';
import { renderTable } from '../terminal/table.ts';
import { regretTable } from '../benchmarks/backtest/regret-table.ts';
import { dollars } from './figures.ts';

/** One run of a period: money in integer micro-USD, shares of what was wanted in percent. */
export type ReplayedRun = Readonly<{
  name: string;
  totalMicroUsd: number;
  infrastructureMicroUsd: number;
  egressMicroUsd: number;
  latenessMicroUsd: number;
  shortageMicroUsd: number;
  latePercent: number;
  shortPercent: number;
  starts: number;
  stops: number;
  refused: number;
  taken: number;
  movedContainers: number;
  churnPercentPerHour: number;
  boundMicroUsd: number;
  regretMicroUsd: number;
  regret?: RegretSplit;
  /** Of what hosts cost at list prices, what commitments pay; where there are any. */
  coveredMicroUsd?: number;
}>;

/** A period run again, beside what happened in it. */
export type PeriodReplay = Readonly<{
  name: string;
  from: string;
  until: string;
  notes: readonly string[];
  /** Whether the trace says which policy was in force; else the default one stands for it. */
  hasOwnPolicy: boolean;
  happened?: NonNullable<Trace['happened']>;
  /** What commitments cost in any case, where there are any. */
  committedMicroUsd?: number;
  runs: readonly ReplayedRun[];
}>;

type RunFound = Readonly<{
  outcome: Outcome;
  boundMicroUsd: number;
  regret: RegretSplit | undefined;
  coveredMicroUsd: number | undefined;
}>;

export const replayedRun = (
  name: string,
  { outcome, boundMicroUsd, regret, coveredMicroUsd }: RunFound,
): ReplayedRun => {
  const { latePercent, shortPercent, churnPercentPerHour } = scoreOf([outcome], new Map());
  const { totalMicroUsd, infrastructureMicroUsd, egressMicroUsd, latenessMicroUsd, shortageMicroUsd } =
    outcome;
  return {
    ...{ name, totalMicroUsd, infrastructureMicroUsd, egressMicroUsd, latenessMicroUsd, shortageMicroUsd },
    ...{ latePercent, shortPercent, churnPercentPerHour, boundMicroUsd },
    starts: outcome.starts,
    stops: outcome.stops,
    refused: outcome.refusedStarts,
    taken: outcome.takenNodes,
    movedContainers: outcome.movedContainers,
    regretMicroUsd: totalMicroUsd - boundMicroUsd,
    ...(regret === undefined ? {} : { regret }),
    ...(coveredMicroUsd === undefined ? {} : { coveredMicroUsd }),
  };
};

const head = [
  '',
  'TOTAL',
  'HOSTS',
  'EGRESS',
  'LATE',
  'SHORT',
  'LATE %',
  'SHORT %',
  'STARTS',
  'STOPS',
  'REFUSED',
  'TAKEN',
  'CHURN %/h',
  'BOUND',
  'REGRET',
];

/** For people: what was not recorded, what happened, and what each run came to. */
export const periodReplayText = ({
  name,
  from,
  until,
  notes,
  hasOwnPolicy,
  happened,
  committedMicroUsd,
  runs,
}: PeriodReplay): string => {
  const splits = runs.flatMap((run) => (run.regret === undefined ? [] : [[run.name, run.regret] as const]));
  return [
    `${name}: ${from} to ${until}`,
    ...notes.map((note) => `  ${note}`),
    ...(hasOwnPolicy
      ? []
      : ['  policy: the trace names none, so the default one stands for the one that was in force']),
    '',
    renderTable(head, [...(happened === undefined ? [] : [happenedCells(happened)]), ...runs.map(cellsOf)]),
    ...(committedMicroUsd === undefined ? [] : ['', ...coveredLines(committedMicroUsd, happened, runs)]),
    ...(splits.length === 0 ? [] : ['', regretTable(splits)]),
    ...(happened === undefined
      ? []
      : [
          '',
          'happened: what hosts cost and did, late and short in one; the others are simulated, so compare them with one another first',
        ]),
  ].join('\n');
};

/** All sums above are at list prices: what is paid beside commitments is told of each run. */
const coveredLines = (
  committedMicroUsd: number,
  happened: PeriodReplay['happened'],
  runs: readonly ReplayedRun[],
): readonly string[] => [
  `commitments: ${dollars(committedMicroUsd)} in any case; all sums above are at list prices`,
  renderTable(
    ['', 'HOSTS', 'COVERED', 'BESIDE COMMITMENTS', 'HOSTS AND COMMITMENTS'],
    [
      ...(happened?.coveredMicroUsd === undefined
        ? []
        : [{ ...happened, name: 'happened', infrastructureMicroUsd: happened.costMicroUsd }]),
      ...runs,
    ].map(({ name, infrastructureMicroUsd, coveredMicroUsd = 0 }) => {
      const beside = infrastructureMicroUsd - coveredMicroUsd;
      const sums = [infrastructureMicroUsd, coveredMicroUsd, beside, beside + committedMicroUsd];
      return [name, ...sums.map(dollars)];
    }),
  ),
];

const happenedCells = (happened: NonNullable<Trace['happened']>): readonly string[] => {
  const { costMicroUsd, starts, stops, refused, taken, wantedGpuMs = 0, waitedGpuMs } = happened;
  const waited =
    waitedGpuMs === undefined ? '-' : ((100 * waitedGpuMs) / Math.max(1, wantedGpuMs)).toFixed(2);
  return [
    ...['happened', '-', dollars(costMicroUsd), '-', '-', '-', waited, '-'],
    ...[starts, stops, refused, taken].map(String),
    ...['-', '-', '-'],
  ];
};

const cellsOf = (run: ReplayedRun): readonly string[] => [
  run.name,
  ...[
    run.totalMicroUsd,
    run.infrastructureMicroUsd,
    run.egressMicroUsd,
    run.latenessMicroUsd,
    run.shortageMicroUsd,
  ].map(dollars),
  ...[run.latePercent, run.shortPercent].map((share) => share.toFixed(2)),
  ...[run.starts, run.stops, run.refused, run.taken].map(String),
  run.churnPercentPerHour.toFixed(1),
  ...[run.boundMicroUsd, run.regretMicroUsd].map(dollars),
];
