import { substitute } from './substitute.js';

describe('putting variables in', () => {
  test.each([
    ['$A/${A}', 'x/x'],
    ['${B:-y}', 'y'],
    ['${E:-y}', 'y'],
    ['${E-y}', ''],
    ['${A:+set}', 'set'],
    ['${B:+set}', ''],
    ['\\$A', '$A'],
    ['${B:-${A}}', 'x'],
    ['$B', ''],
  ])('%s becomes %s', (text, value) => {
    expect(substitute(text, { A: 'x', E: '' })).toBe(value);
  });
});
