import { readPairs } from './read-pairs.js';
import { substitute } from './substitute.js';

const read = (text: string) => readPairs(text, (part) => substitute(part, { X: 'a b', P: '/bin' }));

describe('reading pairs', () => {
  test.each<[string, [string, string][]]>([
    [
      'A=1 B="two words" C=$P/x',
      [
        ['A', '1'],
        ['B', 'two words'],
        ['C', '/bin/x'],
      ],
    ],
    ['OLD some value', [['OLD', 'some value']]],
    ['A=$X', [['A', 'a b']]],
    ["A='$X'", [['A', '$X']]],
    ['PATH=/opt:$P', [['PATH', '/opt:/bin']]],
    ['A=a\\ b', [['A', 'a b']]],
    ['A=', [['A', '']]],
  ])('%s', (text, pairs) => {
    expect(read(text)).toEqual(pairs);
  });

  test('what is no pair is refused', () => {
    expect(read('A=1 =x')).toMatchObject({ code: 'bad-pair' });
  });
});
