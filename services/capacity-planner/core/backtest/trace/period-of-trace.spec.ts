import { isRefusal } from '@slipway/kernel';
import { readCsv } from '../../catalogue/read-csv.js';
import { refreshCatalogue } from '../../catalogue/refresh-catalogue.js';
import { emptyCatalogue } from '../../catalogue/catalogue.js';
import { opponents } from '../../opponents/opponents.js';
import { defaultPolicy } from '../../policy.js';
import { simulate } from '../../simulation/simulate.js';
import { periodOfTrace, type TracePeriod, type TraceRequest } from './period-of-trace.js';
import { readTrace } from './read-trace.js';

const now = Date.UTC(2026, 10, 1);
const catalogueOf = (csv: string) => {
  const { catalogue } = refreshCatalogue(emptyCatalogue, { rows: readCsv('c.csv', csv).rows, at: now });
  return { offers: [...catalogue.offers.values()], quotas: catalogue.quotas };
};
const catalogue = catalogueOf(
  `vendor,region,geo,instance_type,gpu,gpu_count,vcpus,memory_gib,on_demand_usd,spot_usd,available_nodes,source,priced_on
aws,us-east-1,us,p5,H100,8,192,2048,30,12,,here,2026-09-01
lambda,us-west-1,us,h1,H100,1,26,200,3.5,,40,here,2026-09-01
aws,us-east-1,us,c7,CPU,0,16,32,0.7,,,here,2026-09-01
`,
);
const spot = 'aws/us-east-1/-/p5/spot';

const jobs = Array.from({ length: 60 }, (_, index) => ({
  ...{ type: 'job', at: index * 600, duration_s: 3_000, gpus: 1 + (index % 2), gpu_types: ['H100'] },
  ...{ vcpus: 8, memory_gib: 32 },
}));
const traceOf = (rows: readonly object[]) =>
  readTrace('t.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'), now).trace;

const made = (rows: readonly object[], changed: Partial<TraceRequest> = {}): TracePeriod => {
  const request = { name: 't', catalogue, supply: 'drawn', seed: 1, prices: defaultPolicy } as const;
  const period = periodOfTrace({ ...request, trace: traceOf(rows), ...changed });
  if (isRefusal(period)) throw new Error(period.message);
  return period;
};

describe('the period of a trace', () => {
  test('can be run by every policy, and equal seeds give equal outcomes', async () => {
    const run = async (seed: number) => {
      const { period } = made(jobs, { seed });
      return (await simulate(period, opponents['sticky-greedy'](period))).totalMicroUsd;
    };
    expect(await run(1)).toBe(await run(1));
    expect(await run(1)).toBeGreaterThan(0);
  });

  test('what it says of an offer is used as it stands, and the rest is drawn', () => {
    const { period, notes } = made([
      ...jobs,
      { type: 'capacity', at: 0, offer: spot, nodes: 2 },
      { type: 'preemption', at: 7_000, offer: spot, taken: 1, held: 2 },
    ]);
    const history = period.histories[period.offers.findIndex(({ offerId }) => offerId === spot)]!;
    expect(new Set(history.openNodes)).toEqual(new Set([2]));
    expect(history.lostShare.filter((share) => share > 0)).toEqual([0.5]);
    expect(notes.join('\n')).toContain('recorded for 1 offers; nodes as the catalogue says for 1');
  });

  test('without drawing, offers that nobody tried are as deep as is said, and lose what their catalogue claims', () => {
    const { period } = made(jobs, { supply: 7 });
    expect(period.histories.map(({ openNodes }) => openNodes[0])).toEqual([7, 7, 40, 7]);
    expect(period.histories.map(({ lostShare }) => lostShare[0])).toEqual([0, 0.0125, 0, 0]);
  });

  test('a refusal of what was never held shows nothing of its losses', () => {
    const refusal = [
      { type: 'capacity', at: 0, offer: spot, nodes: 0 },
      { type: 'capacity', at: 1_800, offer: spot, nodes: null },
    ];
    const of = (rows: readonly object[], supply: TraceRequest['supply']) => {
      const { period } = made(rows, { supply });
      return period.histories[period.offers.findIndex(({ offerId }) => offerId === spot)]!;
    };
    const refused = of([...jobs, ...refusal], 7);
    expect(refused.lostShare).toEqual(of(jobs, 7).lostShare);
    expect(refused.lostShare[0]).toBeGreaterThan(0);
    expect(refused.openNodes.slice(0, 3)).toEqual([0, 0, 7]);
    const [drawn, untold] = [of([...jobs, ...refusal], 'drawn'), of(jobs, 'drawn')];
    expect(drawn.lostShare).toEqual(untold.lostShare);
    expect(drawn.openNodes).toEqual([0, 0, ...untold.openNodes.slice(2)]);
  });

  test('nodes without GPUs serve who wants none, though generated worlds have no such nodes', () => {
    const { period, notes } = made([
      { type: 'job', at: 0, duration_s: 40_000, vcpus: 4, memory_gib: 8 },
      ...jobs,
    ]);
    expect(period.histories.at(-1)!.openNodes[0]).toBe(100);
    expect(notes.join()).not.toContain('cannot be served');
  });

  test('who cannot be served by any offer, and what is said of offers that there are not, is told', () => {
    const { notes } = made([
      ...jobs,
      { type: 'job', at: 0, duration_s: 60, gpus: 1, gpu_types: ['B200'] },
      { type: 'price', at: 0, offer: 'no/such/offer', usd_per_hour: 1 },
    ]);
    expect(notes.join('\n')).toMatch(/1 groups cannot be served by any offer.*gpu:B200x1/);
    expect(notes.join('\n')).toMatch(/1 offers that are not in the catalogue.*no\/such\/offer/);
  });

  test('commitments that cover no offer are told by name', () => {
    const row = { type: 'commitment', vendor: 'aws', from: '2026-01-01', until: '2027-01-01' };
    const nodes = (commitment: string, place: object) => ({
      ...{ ...row, commitment, nodes: 1, usd_per_hour: 1 },
      ...place,
    });
    const told = (...rows: readonly object[]) =>
      made([...jobs, ...rows]).notes.filter((note) => note.includes('no offer of this trace'));
    const useful = nodes('useful', { instance_type: 'p5' });
    const mistyped = nodes('mistyped', { instance_type: 'p5x' });
    const bill = { ...row, commitment: 'bill', vendor: 'gcp', covered_usd_per_hour: 1, usd_per_hour: 1 };
    expect(told(useful)).toEqual([]);
    expect(told(useful, mistyped)).toEqual(['commitment mistyped covers no offer of this trace']);
    expect(told(mistyped, useful, bill)).toEqual(['commitments mistyped, bill cover no offer of this trace']);
  });

  test('rows before `from` are the past, and `until` ends it', () => {
    const { period } = made([
      { type: 'period', name: 'a day', from: 18_000, until: 36_000, step_s: 900, warm_up_s: 3_600 },
      ...jobs,
    ]);
    expect(period).toMatchObject({ startsAt: 18_000_000, steps: 20, warmUpSteps: 4, pastSteps: 20 });
  });

  test('another catalogue takes the place of the one that was recorded', () => {
    const offer = {
      ...{ type: 'offer', vendor: 'aws', region: 'us-east-1', geo: 'us', instance_type: 'p5', gpu: 'H100' },
      ...{
        gpu_count: 8,
        vcpus: 192,
        memory_gib: 2_048,
        on_demand_usd: 30,
        source: 'here',
        priced_on: '2026-09-01',
      },
    };
    expect(made([offer, ...jobs], { catalogue: undefined } as never).period.offers).toHaveLength(1);
    expect(made([offer, ...jobs]).period.offers).toHaveLength(4);
  });

  test('quotas of the trace stand beside those of another catalogue, whose word wins where both name one', () => {
    const quota = { type: 'quota', vendor: 'aws', region: 'us-east-1', gpu: 'H100', limit: 16 };
    const quotas = (own: TraceRequest['catalogue']) =>
      made([quota, ...jobs], own && { catalogue: own }).period.quotas;
    const [recorded] = quotas(undefined);
    expect(recorded).toMatchObject({ limit: 16 });
    const [raised, other] = [
      { ...recorded!, limit: 64 },
      { ...recorded!, quotaId: 'other', limit: 8 },
    ];
    expect(quotas({ ...catalogue, quotas: [raised, other] })).toEqual([raised, other]);
    expect(quotas({ ...catalogue, quotas: [other] })).toEqual([recorded, other]);
  });

  test('a trace without demand, or of years, is refused by name', () => {
    const ask = (rows: readonly object[]) =>
      periodOfTrace({
        name: 't',
        trace: traceOf(rows),
        catalogue,
        supply: 'drawn',
        seed: 1,
        prices: defaultPolicy,
      });
    expect(ask([])).toMatchObject({ code: 'nothing-wanted' });
    expect(ask([...jobs, { ...jobs[0], at: 90_000_000 }])).toMatchObject({ code: 'period-too-long' });
  });
});
