import type { Outcome } from '../simulation/accounts/step-account.js';

const HOUR_MS = 3_600_000;

/** One line of the table: a policy in all seeds of one size. Shares are percentages of what was wanted, money is US dollars a run. */
export type Score = Readonly<{
  policy: string;
  runs: number;
  totalUsd: number;
  infrastructureUsd: number;
  latenessUsd: number;
  shortageUsd: number;
  egressUsd: number;
  latePercent: number;
  shortPercent: number;
  avoidableShortPercent: number;
  /** Of all steps, those in which a group of high priority was short. */
  priorityShortStepsPercent: number;
  busyPercent: number;
  /** Nodes started and containers moved, in one step. */
  startsPerStep: number;
  movesPerStep: number;
  /** GPUs of nodes started or stopped by the policy in an hour, beside those it pays for, in percent. */
  churnPercentPerHour: number;
  /** The total beside what a clairvoyant would have paid: the mean, and the worst run; and what nodes alone cost beside it. */
  overBound?: Readonly<{ mean: number; worst: number; infrastructure: number }>;
}>;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** The runs of one policy, and the bounds of their periods by name where they are known. */
export const scoreOf = (runs: readonly Outcome[], bounds: ReadonlyMap<string, number>): Score => {
  const usd = (pick: (run: Outcome) => number) => mean(runs.map(pick)) / 1_000_000;
  const sum = (pick: (run: Outcome) => number) => runs.reduce((total, run) => total + pick(run), 0);
  const percent = (pick: (run: Outcome) => number, of: (run: Outcome) => number) =>
    (100 * sum(pick)) / Math.max(1, sum(of));
  const steps = Math.max(
    1,
    sum((run) => run.steps.length),
  );
  const overBound = (pick: (run: Outcome) => number): number[] =>
    runs.flatMap((run) => {
      const bound = bounds.get(run.period);
      return bound === undefined ? [] : [pick(run) / bound];
    });
  const ratios = overBound((run) => run.totalMicroUsd);
  return {
    policy: runs[0]!.policy,
    runs: runs.length,
    totalUsd: usd((run) => run.totalMicroUsd),
    infrastructureUsd: usd((run) => run.infrastructureMicroUsd),
    latenessUsd: usd((run) => run.latenessMicroUsd),
    shortageUsd: usd((run) => run.shortageMicroUsd),
    egressUsd: usd((run) => run.egressMicroUsd),
    latePercent: percent(
      (run) => run.lateGpuMs,
      (run) => run.wantedGpuMs,
    ),
    shortPercent: percent(
      (run) => run.shortGpuMs,
      (run) => run.wantedGpuMs,
    ),
    avoidableShortPercent: percent(
      (run) => run.avoidableShortGpuMs,
      (run) => run.wantedGpuMs,
    ),
    priorityShortStepsPercent:
      (100 * sum((run) => run.steps.filter(({ priorityShortGpuMs }) => priorityShortGpuMs > 0).length)) /
      steps,
    busyPercent: percent(
      (run) => run.busyGpuMs,
      (run) => run.paidGpuMs,
    ),
    startsPerStep: sum((run) => run.starts) / steps,
    movesPerStep: sum((run) => run.movedContainers) / steps,
    churnPercentPerHour: percent(
      (run) => (run.startedGpus + run.stoppedGpus) * HOUR_MS,
      (run) => run.paidGpuMs,
    ),
    ...(ratios.length > 0 && {
      overBound: {
        mean: mean(ratios),
        worst: Math.max(...ratios),
        infrastructure: mean(overBound((run) => run.infrastructureMicroUsd)),
      },
    }),
  };
};

/** How much cheaper `ours` is than `theirs`, period by period: the mean of all, and where it is least. */
export const savings = (
  ours: readonly Outcome[],
  theirs: readonly Outcome[],
): Readonly<{ mean: number; least: number }> => {
  const totals = new Map(theirs.map(({ period, totalMicroUsd }) => [period, totalMicroUsd]));
  const shares = ours.flatMap(({ period, totalMicroUsd }) => {
    const other = totals.get(period);
    return other === undefined ? [] : [1 - totalMicroUsd / other];
  });
  return { mean: mean(shares), least: Math.min(...shares) };
};

/** In each period the cheapest of several policies. */
export const cheapestOf = (name: string, policies: readonly (readonly Outcome[])[]): readonly Outcome[] => {
  const best = new Map<string, Outcome>();
  for (const run of policies.flat()) {
    const known = best.get(run.period);
    if (known === undefined || run.totalMicroUsd < known.totalMicroUsd)
      best.set(run.period, { ...run, policy: name });
  }
  return [...best.values()];
};
