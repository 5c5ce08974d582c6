import { parentPort, workerData } from 'node:worker_threads';
import {
  clairvoyantBoundMicroUsd,
  CostWatch,
  opponents,
  simulate,
  type Period,
} from '@slipway/capacity-planner-core';
import type { BacktestAnswer, BacktestCase } from './backtest-case.ts';
import { blockingSolver } from './blocking-solver.ts';
import { makePeriod } from './make-period.ts';
import { runPlanner } from './run-planner.ts';

const meanGpus = ({ groups, demand, pastSteps, warmUpSteps, steps }: Period): number => {
  const from = pastSteps + warmUpSteps;
  const sum = groups.reduce(
    (total, { gpusPerContainer }, group) =>
      total +
      demand[group]!.slice(from).reduce((containers, count) => containers + count, 0) * gpusPerContainer,
    0,
  );
  return sum / (steps - warmUpSteps);
};

const workOut = async (one: BacktestCase): Promise<BacktestAnswer> => {
  const period = makePeriod(one);
  switch (one.find) {
    case 'bound':
      return {
        find: 'bound',
        period: period.name,
        boundMicroUsd: await clairvoyantBoundMicroUsd(period, blockingSolver),
        offers: period.offers.length,
        meanGpus: meanGpus(period),
      };
    case 'outcome': {
      if (one.policy === 'planner') return { find: 'outcome', ...(await runPlanner(period, one.settings)) };
      const costs = new CostWatch(period);
      const outcome = await simulate(period, opponents[one.policy](period), costs.watch);
      return { find: 'outcome', outcome, parts: costs.parts(outcome) };
    }
  }
};

parentPort?.postMessage(await workOut(workerData as BacktestCase));
