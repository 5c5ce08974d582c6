import type { SolveResult } from '../ports.js';

/** Why some prices were left out, for people. */
export const NO_TIME = 'each takes a solve, and time is limited';

export const failedBecause = ({ because }: Extract<SolveResult, { status: 'failed' }>): string =>
  `the solver failed: ${because}`;
