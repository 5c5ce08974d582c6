import { readFilter, readWhatIf } from './read-what-if.ts';

const of = (options: Record<string, string>) => readWhatIf(new Map(Object.entries(options)));

test('filters name offers as the API does', () => {
  expect(readFilter('vendor=aws,gpu=H100,purchase=spot')).toEqual({
    vendor: 'aws',
    gpuType: 'H100',
    purchase: 'spot',
  });
  expect(readFilter('')).toEqual({});
});

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

test('another guardrail', () => {
  expect(of({ guardrail: 'maxStartsPerCycle=3' })).toEqual({ guardrails: { maxStartsPerCycle: 3 } });
});

test.each([
  [{ guardrail: 'maxStartsPerCycle' }, /write NAME=NUMBER/],
  [{}, /what is to be other/],
  [{ price: 'vendor=aws' }, /has no factor/],
  [{ price: 'cloud=aws*2' }, /'cloud=aws' names no offers/],
  [{ quota: 'aws' }, /write ID=LIMIT/],
])('%j is a mistake that is said', (options, message) => {
  expect(() => of(options)).toThrow(message);
});
