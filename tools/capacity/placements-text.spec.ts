import { placementsText } from './placements-text.ts';
import type { PlacementsAnswer } from './plan-answers.ts';

const none: PlacementsAnswer = {
  ...{ at: '2026-11-22T12:00:00Z', sinceAt: '2026-11-22T11:00:00Z', items: [] },
  containers: { 'own-machine': 0, plan: 0, 'best-fit': 0 },
};

test('where no plan had a say, that is said', () => {
  expect(placementsText(none)).toBe('placed in the last hour: none in which a plan had a say');
});

test('what could not follow shows why, where it was planned and where it stands', () => {
  const shown = placementsText({
    ...none,
    containers: { 'own-machine': 1, plan: 3, 'best-fit': 1 },
    notFollowedShare: 0.25,
    items: [
      {
        ...{ demandKey: 'gpu:H100x1', because: 'hosts-absent', containers: 1, offerId: 'aws/p5' },
        plannedOfferIds: ['gcp/a3', 'gcp/a4'],
      },
    ],
  });
  expect(shown).toContain('3 by the plan, 1 by best fit (25.00 % could not follow it), 1 on own machines');
  expect(shown).toMatch(/gpu:H100x1 +hosts-absent +1 +gcp\/a3 and 1 like it +aws\/p5/);
});
