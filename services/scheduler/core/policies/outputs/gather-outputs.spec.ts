import { GATHER_MS, gatherUntil, type Gathered } from './gather-outputs.js';

const map: Gathered = {
  shape: 'map',
  outputs: [{ finishedAt: 100 }, { finishedAt: 104 }],
  maxOutputs: 49,
  unfinishedInputs: 3,
};

describe('the outputs of a map', () => {
  it('wait for others since the oldest of them came', () => {
    expect(gatherUntil(map)).toBe(100 + GATHER_MS);
  });

  it('wait for nothing when they are the last', () => {
    expect(gatherUntil({ ...map, unfinishedInputs: 0 })).toBeUndefined();
  });

  it('wait for nothing when an answer is full', () => {
    expect(gatherUntil({ ...map, maxOutputs: 2 })).toBeUndefined();
  });
});

it('the output of a call of one input does not wait', () => {
  expect(gatherUntil({ ...map, shape: 'unary' })).toBeUndefined();
});
