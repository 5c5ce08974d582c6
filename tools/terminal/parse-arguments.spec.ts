import { parseArguments } from './parse-arguments.ts';
import { upFlags, upOptions } from '../platform/up-options.ts';

const kinds = { json: 'flag', only: 'text', workers: 'number', price: 'texts' } as const;

describe('arguments', () => {
  test('values come after a space or an equals sign', () => {
    const { flags, texts, numbers } = parseArguments(['--json', '--only', 'infra', '--workers=3'], kinds);
    expect([flags.has('json'), texts.get('only'), numbers.get('workers')]).toEqual([true, 'infra', 3]);
  });

  test('an option that may be given more than once has all its values, in order', () => {
    const { lists } = parseArguments(['--price', 'vendor=aws*2', '--price=gpu=T4*0.5'], kinds);
    expect(lists.get('price')).toEqual(['vendor=aws*2', 'gpu=T4*0.5']);
  });

  test.each([
    [['--bogus'], 'unknown option --bogus'],
    [['-j'], 'unknown option -j'],
    [['--json=yes'], '--json takes no value'],
    [['--only'], '--only needs a value'],
    [['--workers', 'many'], '--workers is many; it must be a whole number'],
    [['--only', 'infra', '--only=apps'], '--only is given twice'],
    [['--workers=1', '--workers=2'], '--workers is given twice'],
    [['word'], 'unexpected argument word'],
    [['--constructor'], 'unknown option --constructor'],
  ])('%j is refused: %s', (words, message) => {
    expect(() => parseArguments(words, kinds)).toThrow(message);
  });

  test.each([
    [['--only', 'x'], '--only is x; it can be infra'],
    [['--runtime', 'crun'], '--runtime is crun; it can be runsc or runc'],
    [['--simulate-gpu', 'H100'], '--simulate-gpu is H100; it must be TYPE:COUNT'],
    [
      ['--simulate-gpu', 'FOO:8'],
      '--simulate-gpu is FOO:8; no function can ask for FOO, the types are T4, L4',
    ],
    [['--simulate-gpu', 'any:1'], '--simulate-gpu is any:1; no function can ask for any'],
    [['--workers', '1000'], '--workers is 1000; at most 64'],
  ])('up %j is refused: %s', (words, message) => {
    expect(() => upOptions(parseArguments(words, upFlags))).toThrow(message);
  });
});
