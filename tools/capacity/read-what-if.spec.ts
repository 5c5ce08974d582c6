import { readWhatIf } from './read-what-if.ts';

const of = (options: Record<string, string | readonly string[]>) =>
  readWhatIf(new Map(Object.entries(options).map(([name, texts]) => [name, [texts].flat()])));

test('what is to be other', () => {
  expect(of({ price: 'vendor=aws*1.5' })).toEqual({ prices: [{ vendor: 'aws', factor: 1.5 }] });
  expect(of({ price: '2' })).toEqual({ prices: [{ factor: 2 }] });
  expect(of({ demand: 'gpu:H100x1 cpu:1000 mem:1024 class:batch*3' })).toEqual({
    demand: [{ demandKey: 'gpu:H100x1 cpu:1000 mem:1024 class:batch', factor: 3 }],
  });
  expect(of({ without: 'vendor=nebius', quota: 'aws/us-east-1/H100=64' })).toEqual({
    without: [{ vendor: 'nebius' }],
    quotas: [{ quotaId: 'aws/us-east-1/H100', limit: 64 }],
  });
});

test('each option as often as it is given', () => {
  expect(
    of({
      price: ['vendor=aws*1.5', 'gpu=T4*2'],
      available: 'vendor=aws,purchase=spot*4',
      preemptions: 'purchase=spot*3',
      guardrail: ['maxStartsPerCycle=3', 'maxVendorShare=0.5'],
    }),
  ).toEqual({
    prices: [
      { vendor: 'aws', factor: 1.5 },
      { gpuType: 'T4', factor: 2 },
    ],
    available: [{ vendor: 'aws', purchase: 'spot', nodes: 4 }],
    preemptions: [{ purchase: 'spot', factor: 3 }],
    guardrails: { maxStartsPerCycle: 3, maxVendorShare: 0.5 },
  });
});

test('another guardrail, and one that is lifted', () => {
  expect(of({ guardrail: 'maxStartsPerCycle=3' })).toEqual({ guardrails: { maxStartsPerCycle: 3 } });
  expect(of({ guardrail: ['maxVendorShare=none', 'maxStopsPerCycle=0'] })).toEqual({
    guardrails: { maxVendorShare: null, maxStopsPerCycle: 0 },
  });
});

test.each([
  [{ guardrail: 'maxStartsPerCycle' }, /write NAME=NUMBER/],
  [
    { guardrail: 'maxStartsPerCycle=off' },
    /is maxStartsPerCycle=off; write NAME=NUMBER, or NAME=none to lift it/,
  ],
  [{ guardrail: ['maxVendorShare=none', 'maxVendorShare=1'] }, /given twice, none and 1/],
  [{}, /what is to be other/],
  [{ price: 'vendor=aws' }, /has no factor/],
  [{ price: 'cloud=aws*2' }, /'cloud=aws' names no offers/],
  [{ available: 'vendor=aws' }, /write FILTER\*NODES/],
  [{ available: 'vendor=aws*' }, /write FILTER\*NODES/],
  [{ quota: 'aws' }, /write ID=LIMIT/],
  [{ quota: 'aws=' }, /--quota is aws=; write ID=LIMIT/],
  [{ quota: 'aws=-1' }, /from 0 on/],
  [{ guardrail: ['maxStartsPerCycle=3', 'maxStartsPerCycle=4'] }, /given twice, 3 and 4/],
])('%j is a mistake that is said', (options, message) => {
  expect(() => of(options)).toThrow(message);
});
