import { decidedText } from './decided-text.ts';

const at = '2026-11-22T12:00:00.000Z';

test('nothing is said of a plan that nobody decided about', () => {
  expect(decidedText(undefined)).toEqual([]);
});

test('a rejection is told with its reason', () => {
  expect(decidedText({ at, by: 'ada', verdict: 'rejected', reason: 'too dear' })).toEqual([
    `rejected by ada at ${at}: too dear`,
  ]);
});

test('an approval is told with what was left out', () => {
  expect(decidedText({ at, by: 'ada', verdict: 'approved' })).toEqual([`approved by ada at ${at}`]);
  const without = ['aws/us/a/p5/spot', 'own/hall/a/box/spot'];
  expect(decidedText({ at, by: 'ada', verdict: 'approved', without })).toEqual([
    `approved by ada at ${at}, but for what it changes of aws/us/a/p5/spot, own/hall/a/box/spot: that stays as it is`,
  ]);
});
