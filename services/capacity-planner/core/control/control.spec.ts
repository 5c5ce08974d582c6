import { isRefusal, type Decision } from '@slipway/kernel';
import { defaultPolicy } from '../policy.js';
import { changeGuardrails, freeze, resume, setFloor, setGuardrails } from './control.decide.js';
import type { ControlEvent } from './control.events.js';
import { evolveControl, floorsOf, initialControl, policyOf, type Control } from './control.state.js';

const KEY = 'gpu:H100x1 cpu:1000 mem:1024 class:batch';
const after = (control: Control, decision: Decision<ControlEvent>): Control => {
  if (isRefusal(decision)) throw new Error(decision.message);
  return decision.reduce((state, event) => evolveControl(state, event, 1), control);
};

test('a freeze keeps the first who asked, and ends once', () => {
  const frozen = after(initialControl, freeze(initialControl, { by: 'ada', reason: 'a fire' }));
  expect(frozen.frozen).toEqual({ at: 1, by: 'ada', reason: 'a fire' });
  expect(freeze(frozen, { by: 'bob', reason: 'too' })).toEqual([]);
  expect(policyOf(frozen).guardrails.mode).toBe('frozen');
  const resumed = after(frozen, resume(frozen, { by: 'bob' }));
  expect(policyOf(resumed)).toEqual(defaultPolicy);
  expect(resume(resumed, { by: 'bob' })).toEqual([]);
});

test('a floor of 0 is none', () => {
  const floored = after(
    initialControl,
    setFloor(initialControl, { demandKey: KEY, containers: 3, by: 'ada' }),
  );
  expect(floorsOf(floored)).toEqual(new Map([[KEY, 3]]));
  expect(floorsOf(after(floored, setFloor(floored, { demandKey: KEY, containers: 0, by: 'ada' })))).toEqual(
    new Map(),
  );
});

test.each([
  [
    setFloor(initialControl, { demandKey: 'x', containers: 1, by: 'a' }),
    /'x' is no demand key; one looks like 'gpu:H100x1/,
  ],
  [
    setFloor(initialControl, { demandKey: KEY, containers: 1.5, by: 'a' }),
    /containers is 1.5; a floor is a whole number/,
  ],
  [
    setGuardrails(initialControl, { maxVendorShare: 2 }, 'a'),
    /maxVendorShare is 2; it is a number from 0 to 1/,
  ],
  [setGuardrails(initialControl, { maxStartsPerCycle: NaN }, 'a'), /maxStartsPerCycle is null/],
  [
    setGuardrails(initialControl, { nothing: 1 } as object, 'a'),
    /no guardrail 'nothing'; there are maxSpend/,
  ],
])('what is wrong is refused by name: %#', (decision, message) => {
  expect(isRefusal(decision) && decision.message).toMatch(message);
});

test('guardrails lie over those of the site', () => {
  const limited = after(initialControl, setGuardrails(initialControl, { maxStartsPerCycle: 7 }, 'ada'));
  expect(policyOf(limited).guardrails).toEqual({ ...defaultPolicy.guardrails, maxStartsPerCycle: 7 });
});

test('one guardrail is changed beside the others, and taken back', () => {
  const limited = after(initialControl, setGuardrails(initialControl, { maxStartsPerCycle: 7 }, 'ada'));
  const both = after(limited, changeGuardrails(limited, { maxStopsPerCycle: 3 }, 'bob'));
  expect(both.limits).toEqual({ maxStartsPerCycle: 7, maxStopsPerCycle: 3 });
  expect(after(both, changeGuardrails(both, { maxStartsPerCycle: null }, 'bob')).limits).toEqual({
    maxStopsPerCycle: 3,
  });
  expect(changeGuardrails(both, { maxStopsPerCycle: 3 }, 'bob')).toEqual([]);
});

test.each([
  [{ nothing: null }, /no guardrail 'nothing'/],
  [{ maxVendorShare: 2 }, /maxVendorShare is 2/],
])('a change of a guardrail that is none is refused: %j', (changes, message) => {
  const decision = changeGuardrails(initialControl, changes, 'ada');
  expect(isRefusal(decision) && decision.message).toMatch(message);
});
