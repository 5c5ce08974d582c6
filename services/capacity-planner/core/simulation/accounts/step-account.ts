/** What one step came to. GPUs of containers without one are slots of CPU and memory. */
export type StepAccount = {
  infrastructureMicroUsd: number;
  egressMicroUsd: number;
  latenessMicroUsd: number;
  shortageMicroUsd: number;
  wantedGpuMs: number;
  paidGpuMs: number;
  busyGpuMs: number;
  /** Waited for a node that had been bought, or again for work that was lost. */
  lateGpuMs: number;
  /** Waited, and nothing had been bought for it. */
  shortGpuMs: number;
  /** Of `shortGpuMs`: some vendor would have granted a node for it. */
  avoidableShortGpuMs: number;
  /** Of `shortGpuMs`: groups of high priority. */
  priorityShortGpuMs: number;
  starts: number;
  startedGpus: number;
  refusedStarts: number;
  failedStarts: number;
  stops: number;
  stoppedGpus: number;
  takenNodes: number;
  takenGpus: number;
  movedContainers: number;
};

export const emptyStep = (): StepAccount => ({
  infrastructureMicroUsd: 0,
  egressMicroUsd: 0,
  latenessMicroUsd: 0,
  shortageMicroUsd: 0,
  wantedGpuMs: 0,
  paidGpuMs: 0,
  busyGpuMs: 0,
  lateGpuMs: 0,
  shortGpuMs: 0,
  avoidableShortGpuMs: 0,
  priorityShortGpuMs: 0,
  starts: 0,
  startedGpus: 0,
  refusedStarts: 0,
  failedStarts: 0,
  stops: 0,
  stoppedGpus: 0,
  takenNodes: 0,
  takenGpus: 0,
  movedContainers: 0,
});

/** A run's result: the sums over the accounted steps, and each of them. */
export type Outcome = Readonly<
  StepAccount & {
    simulator: number;
    policy: string;
    period: string;
    totalMicroUsd: number;
    steps: readonly Readonly<StepAccount>[];
  }
>;

export const outcomeOf = (
  names: Readonly<{ simulator: number; policy: string; period: string }>,
  steps: readonly StepAccount[],
): Outcome => {
  const sums = emptyStep();
  for (const step of steps)
    for (const key of Object.keys(sums) as (keyof StepAccount)[]) sums[key] += step[key];
  const { infrastructureMicroUsd, egressMicroUsd, latenessMicroUsd, shortageMicroUsd } = sums;
  return {
    ...names,
    ...sums,
    totalMicroUsd: infrastructureMicroUsd + egressMicroUsd + latenessMicroUsd + shortageMicroUsd,
    steps,
  };
};
