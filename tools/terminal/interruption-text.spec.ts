import { interruptionText } from './interruption-text.ts';

test('what a command had begun is taken back only where something takes it back', () => {
  expect(interruptionText({ name: 'up', onInterrupt: () => Promise.resolve() })).toBe(
    'up: interrupted; what it had begun is taken back',
  );
  expect(interruptionText({ name: 'down' })).toBe('down: interrupted');
});

test('what goes on elsewhere is told', () => {
  const goesOn = 'what was asked of the site goes on there';
  expect(interruptionText({ name: 'slipway', goesOn })).toBe(
    'slipway: interrupted; what was asked of the site goes on there',
  );
});
