import { readLimits } from './read-limits.ts';

test('guardrails by name, and those that are taken back', () => {
  expect(readLimits(['maxStartsPerCycle=20', 'maxVendorShare=none'])).toEqual({
    maxStartsPerCycle: 20,
    maxVendorShare: null,
  });
});

test.each([
  [[], /no guardrail is named/],
  [['maxStartsPerCycle'], /'maxStartsPerCycle' sets no guardrail/],
  [['=3'], /'=3' sets no guardrail/],
  [['maxStopsPerCycle=3', 'maxStartsPerCycle=1', 'maxStopsPerCycle=none'], /maxStopsPerCycle is set twice/],
  [['maxStartsPerCycle=many'], /write NAME=NUMBER, or NAME=none/],
])('%j is a mistake that is said', (words, message) => {
  expect(() => readLimits(words)).toThrow(message);
});
