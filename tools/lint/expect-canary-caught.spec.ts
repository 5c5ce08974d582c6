import { faultOfAnswer } from './expect-canary-caught.ts';

const caught = (line: number) => ({ ruleId: '@nx/enforce-module-boundaries', line });

describe('the canary of the module boundaries', () => {
  test('each forbidden import found, and nothing else: the rule is awake', () => {
    expect(faultOfAnswer([caught(2), caught(3)])).toBeUndefined();
  });

  test('a rule that skips itself is told', () => {
    expect(faultOfAnswer([])).toContain('eslint reported nothing');
  });

  test('a file that could not be read is told as such', () => {
    expect(faultOfAnswer([{ ruleId: null, line: 1 }])).toContain('error in line 1');
  });
});
