import { readPin } from './pin-commands.ts';

const of = (filter: string, numbers: Record<string, number>, texts: Record<string, string>) =>
  readPin(filter, { numbers: new Map(Object.entries(numbers)), texts: new Map(Object.entries(texts)) });

test('so many nodes of the offers that a filter names', () => {
  expect(of('gpu=H100', { least: 2, most: 4 }, { reason: 'a launch', until: '2026-12-01' })).toEqual({
    ...{ gpuType: 'H100', least: 2, most: 4, reason: 'a launch' },
    until: '2026-12-01T00:00:00.000Z',
  });
});

test.each<[string, Record<string, number>, Record<string, string>, RegExp]>([
  ['gpu=H100', {}, { reason: 'x' }, /--least N, --most N or both/],
  ['gpu=H100', { least: 1 }, {}, /--reason is not given/],
  ['H100', { least: 1 }, { reason: 'x' }, /'H100' names no offers/],
  ['gpu=H100', { least: 1 }, { reason: 'x', until: 'later' }, /--until is later; write a day/],
])('%s with %j and %j is a mistake that is said', (filter, numbers, texts, message) => {
  expect(() => of(filter, numbers, texts)).toThrow(message);
});
