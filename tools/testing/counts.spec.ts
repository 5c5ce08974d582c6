import { addCounts, countsIn, countsOfJest } from './counts.ts';

describe('counts', () => {
  test('the last line of a suite that has the form counts', () => {
    expect(countsIn('1 passed, 1 failed\nmore\n12 passed, 0 failed\n')).toEqual({ passed: 12, failed: 0 });
  });

  test('a suite that says nothing has failed', () => {
    expect(countsIn('Segmentation fault')).toEqual({ passed: 0, failed: 1 });
  });

  test('a file that could not be run is a failed test', () => {
    const report = { numPassedTests: 3, numFailedTests: 1, numRuntimeErrorTestSuites: 1 };
    expect(countsOfJest(report)).toEqual({ passed: 3, failed: 2 });
  });

  test('counts add up', () => {
    expect(
      addCounts([
        { passed: 1, failed: 0 },
        { passed: 2, failed: 3 },
      ]),
    ).toEqual({ passed: 3, failed: 3 });
  });
});
