import { join } from 'node:path';
import { ESLint } from 'eslint';

// The boundary rule says nothing at all when there is no cached project graph: the canary tells silence from innocence.
const RULE = '@nx/enforce-module-boundaries';
const folder = join(import.meta.dirname, '..', '..');
const canary = 'tools/lint/canary/breaks-boundaries.ts';
const forbiddenImports = ['@slipway/messaging', '@slipway/scheduler-core'];

/** What is wrong with the answer to the canary; undefined when each forbidden import was found, and nothing else. */
export const faultOfAnswer = (
  messages: readonly { ruleId: string | null; line: number }[],
): string | undefined => {
  const found = messages.map(({ ruleId, line }) => `${ruleId ?? 'error'} in line ${line}`);
  const expected = forbiddenImports.map((_, index) => `${RULE} in line ${index + 2}`);
  return found.join() === expected.join()
    ? undefined
    : `${canary} imports ${forbiddenImports.join(' and ')}, which a core may not; ` +
        `expected ${expected.join(', ')}, but eslint reported ${found.join(', ') || 'nothing'}`;
};

if (import.meta.filename === process.argv[1]) {
  const eslint = new ESLint({ cwd: folder, ignorePatterns: [`!tools/lint/canary/**`] });
  const [result] = await eslint.lintFiles(canary);
  const fault = faultOfAnswer(result?.messages ?? []);
  if (fault !== undefined) {
    console.error(`The module boundaries are not guarded: ${fault}`);
    process.exitCode = 1;
  }
}
