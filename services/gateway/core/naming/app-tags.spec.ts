import { appDescription } from './app-description.js';
import { refuseTags } from './app-tags.js';

const many = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, 'a']));

test('an app may have the tags that the client would send', () => {
  for (const tags of [
    {},
    { team: 'ml', 'cost.center_1': '4-2' },
    { ['k'.repeat(63)]: 'v'.repeat(63) },
    many(64),
  ])
    expect(refuseTags(tags)).toBeUndefined();
});

const RULES =
  'Tags may contain only alphanumeric characters, dashes, periods, or underscores, and must be 63 characters or less.';

const REFUSED: readonly (readonly [Record<string, string>, string])[] = [
  [{ 'a b': 'x' }, `Invalid tag key: 'a b'.\n\n${RULES}`],
  [{ '': 'x' }, `Invalid tag key: ''.\n\n${RULES}`],
  [{ team: '' }, `Invalid tag value: ''.\n\n${RULES}`],
  [{ team: 'ünder' }, `Invalid tag value: 'ünder'.\n\n${RULES}`],
  [{ team: 'v'.repeat(5_000_000) }, `Invalid tag value: '${'v'.repeat(63)}…'.\n\n${RULES}`],
];

test('other tags are refused in the words of the client', () => {
  for (const [tags, message] of REFUSED)
    expect(refuseTags(tags)).toEqual({ refused: 'invalid', code: 'tag-invalid', message });
});

test('an app has no more tags than stand in each of its usage facts', () => {
  expect(refuseTags(many(65))).toMatchObject({
    code: 'too-many-tags',
    message: 'The app would have 65 tags, but may have at most 64.',
  });
});

test('of a long command line the beginning describes the app', () => {
  expect(appDescription('train.py::main --epochs 3')).toBe('train.py::main --epochs 3');
  expect(appDescription('x'.repeat(256))).toBe('x'.repeat(256));
  expect(appDescription('x'.repeat(5_000_000))).toBe(`${'x'.repeat(255)}…`);
  expect(appDescription('😀'.repeat(300))).toBe(`${'😀'.repeat(255)}…`);
});
