import {
  clairvoyantBoundMicroUsd,
  defaultPolicy,
  emptyCatalogue,
  opponents,
  periodOfTrace,
  readCsv,
  readTrace,
  refreshCatalogue,
  simulate,
  type OpponentName,
  type Solver,
} from '@slipway/capacity-planner-core';
import { isRefusal } from '@slipway/kernel';
import { inProcessSolver } from './in-process-solver.testing.js';

const now = Date.UTC(2026, 10, 1);
const { rows } = readCsv(
  'c.csv',
  `vendor,region,geo,instance_type,gpu,gpu_count,vcpus,memory_gib,on_demand_usd,source,priced_on
aws,us-east-1,us,p5,H100,8,192,2048,30,here,2026-09-01
lambda,us-west-1,us,h1,H100,1,26,200,3.5,here,2026-09-01
aws,us-east-1,us,c7,CPU,0,16,32,0.7,here,2026-09-01
`,
);
const { catalogue } = refreshCatalogue(emptyCatalogue, { rows, at: now });

/** Jobs with GPUs and without, some that need much memory, others many processors. */
const jobs = Array.from({ length: 120 }, (_, index) => ({
  ...{ type: 'job', at: index * 300, duration_s: 2_000 + 97 * (index % 40) },
  ...(index % 3 === 0 ? { gpus: 1 + (index % 2), gpu_types: ['H100'] } : {}),
  ...{ vcpus: 1 + (index % 5), memory_gib: 2 + 5 * (index % 4) },
}));

let solver: Solver;
beforeAll(async () => (solver = await inProcessSolver()));

test.each(Object.keys(opponents) as OpponentName[])(
  '%s gets no cheaper through a trace than who knew it beforehand, with GPUs and without',
  async (name) => {
    const { trace } = readTrace('t', jobs.map((job) => JSON.stringify(job)).join('\n'), now);
    const made = periodOfTrace({
      ...{ trace, name: 't', supply: 20, seed: 1, prices: defaultPolicy },
      catalogue: { offers: [...catalogue.offers.values()], quotas: [] },
    });
    if (isRefusal(made)) throw new Error(made.message);
    const bound = await clairvoyantBoundMicroUsd(made.period, solver);
    const { totalMicroUsd, shortGpuMs, wantedGpuMs } = await simulate(
      made.period,
      opponents[name](made.period),
    );
    expect(bound).toBeGreaterThan(0);
    expect(totalMicroUsd).toBeGreaterThan(bound);
    if (name === 'sticky-greedy') {
      expect(shortGpuMs / wantedGpuMs).toBeLessThan(0.05);
      expect(totalMicroUsd).toBeLessThan(5 * bound);
    }
  },
);
