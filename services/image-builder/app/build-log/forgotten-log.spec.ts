import { noteOfForgotten } from './forgotten-log.js';

const DAY_MS = 24 * 3_600_000;
const NOW = 1000 * DAY_MS;

describe('a build of which no word is left', () => {
  test('says so at its own time once it is older than logs are kept', () => {
    const definedAt = NOW - 91 * DAY_MS;
    expect(noteOfForgotten(definedAt, 90, NOW)).toEqual([
      { stream: 'info', at: definedAt, data: expect.stringContaining('no longer kept') },
    ]);
  });

  test('said nothing where it is younger, or where logs are kept for ever', () => {
    expect(noteOfForgotten(NOW - 89 * DAY_MS, 90, NOW)).toEqual([]);
    expect(noteOfForgotten(0, 0, NOW)).toEqual([]);
  });
});
