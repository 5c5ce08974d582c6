import { chosenSeeds, chosenWorlds } from './chosen-days.ts';

test('seeds are one, from where to where, or a list of both', () => {
  expect(chosenSeeds('3')).toEqual([3]);
  expect(chosenSeeds('101-104')).toEqual([101, 102, 103, 104]);
  expect(chosenSeeds('1,4,6-9')).toEqual([1, 4, 6, 7, 8, 9]);
});

test('worlds are one or a list', () => {
  expect(chosenWorlds('medium')).toEqual(['medium']);
  expect(chosenWorlds('public,small')).toEqual(['small', 'public']);
});

test('nothing is chosen where nothing is set', () => {
  for (const text of [undefined, '']) {
    expect(chosenSeeds(text)).toBeUndefined();
    expect(chosenWorlds(text)).toBeUndefined();
  }
});

test.each([
  ['0', /SEEDS is 0, and '0' is no seed; write whole numbers from 1 on, .* such as 1,4,6-9/],
  ['20-1', /SEEDS is 20-1, and 20-1 ends before it begins/],
  ['1,2,', /SEEDS is 1,2,, and '' is no seed/],
  ['1-2-3', /'1-2-3' is no seed/],
  ['1.5', /'1.5' is no seed/],
  ['some', /'some' is no seed/],
  ['1-5,3', /names a seed twice/],
  ['1-999999999', /more than 10000/],
])('SEEDS=%s is a mistake that is said', (text, message) => {
  expect(() => chosenSeeds(text)).toThrow(message);
});

test.each([
  ['smal', /WORLDS is smal, and 'smal' is no world; write one or more of small,medium,public/],
  ['small,', /WORLDS is small,, and '' is no world/],
])('WORLDS=%s is a mistake that is said', (text, message) => {
  expect(() => chosenWorlds(text)).toThrow(message);
});
