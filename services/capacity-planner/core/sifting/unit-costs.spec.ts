import { cheapestTrajectory } from './unit-costs.js';

const costs = (holding: readonly number[], starting: readonly number[]) => ({
  holding: Float64Array.from(holding),
  starting: Float64Array.from(starting),
});

describe('what a node costs that is held when it pays', () => {
  it('is nothing for a node that never pays', () => {
    expect(cheapestTrajectory(costs([1, 2, 3], [1, 1, 1]))).toEqual({ on: 0, off: 0 });
  });

  it('holds through a period that costs less than to start again', () => {
    expect(cheapestTrajectory(costs([-5, 1, -5], [2, 2, 2]))).toEqual({ on: -9, off: -7 });
  });

  it('stops where a period costs more than to start again', () => {
    expect(cheapestTrajectory(costs([-5, 3, -5], [2, 2, 2]))).toEqual({ on: -8, off: -6 });
  });

  it('does not begin what may not start or be held', () => {
    expect(cheapestTrajectory(costs([-5, -5], [Infinity, Infinity]))).toEqual({ on: -10, off: 0 });
    expect(cheapestTrajectory(costs([Infinity, -5], [1, 1]))).toEqual({ on: -4, off: -4 });
  });
});
