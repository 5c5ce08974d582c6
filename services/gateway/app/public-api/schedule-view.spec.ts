import type { MissedRuns, ScheduleView } from '@slipway/contracts';
import { shownSchedule } from './schedule-view.js';

const missed: MissedRuns = { firstDueAt: 0, lastDueAt: 60_000, ticks: 2, noticedAt: 90_000 };
const view: ScheduleView = {
  ...{ functionId: 'fu-1', functionTag: 'f', appId: 'ap-1', environment: 'main' },
  schedule: { kind: 'period', months: 0, periodMs: 60_000 },
  ...{ state: 'active', startedAt: 0, runs: [] },
  missed: [{ ...missed, atLeast: true }, missed],
};

test('of missed runs it is said where they are more than were counted', () => {
  expect(shownSchedule(view)).toMatchObject({
    missedRuns: [
      { ticks: 2, atLeast: true },
      { ticks: 2, atLeast: false },
    ],
  });
});
