import { readPolicyChanges } from './read-policy.ts';

describe('--policy', () => {
  test('names settings with dots, one beside the others, the later one of two', () => {
    const changes = readPolicyChanges([
      'spot.maxMarketShare=0.6',
      'spot.lostWorkHours=1',
      'buffer.rule=none',
      'spot.lostWorkHours=2',
    ]);
    expect(changes).toEqual({ spot: { maxMarketShare: 0.6, lostWorkHours: 2 }, buffer: { rule: 'none' } });
  });

  test.each([
    ['=1', 'write NAME=NUMBER'],
    ['spot.maxMarketShare=', 'write NAME=NUMBER'],
    ['no-such-file.json', 'cannot be read as JSON'],
  ])('%s is refused: %s', (text, message) => {
    expect(() => readPolicyChanges([text])).toThrow(message);
  });
});
