import type { StepResult } from '../ports.js';

const LAST_LINES = 30;

/** A failed step in its own words: the command, how it ended, and the end of what it wrote. */
export const failedStepMessage = (text: string, result: Extract<StepResult, { ok: false }>): string => {
  const lines = result.output.trimEnd().split('\n').slice(-LAST_LINES);
  const ended =
    result.exitCode === undefined ? `failed: ${result.message}` : `failed with exit code ${result.exitCode}`;
  return [`'${text}' ${ended}`, ...(lines.join('') === '' ? [] : ['', ...lines])].join('\n');
};
