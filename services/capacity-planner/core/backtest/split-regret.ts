import type { Period } from '../simulation/period.js';

/** What a run cost above the clairvoyant bound, in micro-USD, and where it comes from. */
export type RegretSplit = Readonly<{
  totalMicroUsd: number;
  boundMicroUsd: number;
  regretMicroUsd: number;
  /** Demand was not known beforehand. */
  forecastMicroUsd: number;
  /** Nodes were lost, starts failed, markets closed. */
  outagesMicroUsd: number;
  /** Whole nodes, starts that take time, minimum billing, reluctance to change: what is left when all is known and calm. */
  wholenessMicroUsd: number;
}>;

export type RegretQuestion = Readonly<{
  period: Period;
  /** The total of the policy in a period, with the forecast that it has or with hindsight of demand. */
  run: (period: Period, forecast: 'own' | 'hindsight') => Promise<number>;
  bound: (period: Period) => Promise<number>;
}>;

/** Runs the period again with demand foreknown, and again in calm weather: each difference is what the missing part cost. */
export const splitRegret = async ({ period, run, bound }: RegretQuestion): Promise<RegretSplit> => {
  const calm = calmed(period);
  const [totalMicroUsd, foreknown, foreknownCalm] = [
    await run(period, 'own'),
    await run(period, 'hindsight'),
    await run(calm, 'hindsight'),
  ];
  const [boundMicroUsd, boundCalm] = [await bound(period), await bound(calm)];
  const wholenessMicroUsd = foreknownCalm - boundCalm;
  return {
    totalMicroUsd,
    boundMicroUsd,
    regretMicroUsd: totalMicroUsd - boundMicroUsd,
    forecastMicroUsd: totalMicroUsd - foreknown,
    outagesMicroUsd: foreknown - boundMicroUsd - wholenessMicroUsd,
    wholenessMicroUsd,
  };
};

/** The same demand and prices where nothing is lost, every start succeeds and no market closes. */
export const calmed = (period: Period): Period => ({
  ...period,
  name: `${period.name}-calm`,
  histories: period.histories.map((history) => ({
    ...history,
    openNodes: history.openNodes.map(() => Math.max(...history.openNodes)),
    lostShare: history.lostShare.map(() => 0),
    startSuccess: 1,
  })),
});
