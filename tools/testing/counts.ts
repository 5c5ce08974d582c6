/** How many tests passed and failed. */
export type Counts = Readonly<{ passed: number; failed: number }>;

export const addCounts = (all: readonly Counts[]): Counts => ({
  passed: all.reduce((sum, { passed }) => sum + passed, 0),
  failed: all.reduce((sum, { failed }) => sum + failed, 0),
});

/** The counts in the last line of the form `N passed, M failed`; a run that printed none has failed once. */
export const countsIn = (output: string): Counts => {
  const found = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  return found ? { passed: Number(found[1]), failed: Number(found[2]) } : { passed: 0, failed: 1 };
};

type JestReport = Readonly<{
  numPassedTests: number;
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
}>;

/** The counts of Jest's JSON report; a file that could not be run is one failed test. */
export const countsOfJest = (report: JestReport): Counts => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
});
