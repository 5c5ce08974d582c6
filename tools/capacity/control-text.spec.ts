import { controlText } from './control-text.ts';

const control = { mode: 'running' as const, guardrails: {}, floors: [], exclusions: [], pins: [] };

test('every guardrail is named, whether it is set or not', () => {
  const shown = controlText({ ...control, guardrails: { maxStartsPerCycle: 0, maxPriceAgeMs: 3_600_000 } });
  expect(shown).toMatch(/^maxStartsPerCycle +0$/m);
  expect(shown).toMatch(/^maxPriceAgeMs +3600000$/m);
  expect(shown).toMatch(/^maxVendorShare +-$/m);
  expect(shown).toMatch(/^approvalAboveMicroUsdPerHour +-$/m);
});
