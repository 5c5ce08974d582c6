import { refuseVariables } from './refuse-variables.js';

test('any text may be a value', () => {
  expect(refuseVariables({ A: '', b_1: 'ü=\n', 'with space': 'x', gone: undefined })).toBeUndefined();
});

const wrong: Record<string, string>[] = [{ '': 'x' }, { 'a=b': 'x' }, { A: 'x\0' }, { 'A\0': 'x' }];

test.each(wrong)('%j is refused', (variables) => {
  expect(refuseVariables(variables)).toMatchObject({ refused: 'invalid' });
});

test('no value appears in a refusal', () => {
  expect(refuseVariables({ A: 'hunter2\0' })?.message).not.toContain('hunter2');
  expect(refuseVariables({ A: 'x'.repeat(1024 * 1024) })?.message).toMatch(/1048577 characters/);
});
