import { isRefusal, type Decision } from '@slipway/kernel';
import { defaultPolicy } from '../policy.js';
import { plainOffer } from '../testing/plain-parts.js';
import type { ControlEvent, OffersPinned } from './control.events.js';
import { evolveControl, initialControl, policyOf, type Control } from './control.state.js';
import { endPin, isPinEnding, isPinned, pin } from './pins.js';
import { policyAt } from './policy-at.js';

const AT = Date.parse('2026-11-21T12:00:00Z');
const offers = [plainOffer('a', 1, 1)];
const data: OffersPinned['data'] = {
  ...{ filter: { vendor: 'vendor' }, least: 2, by: 'ada', reason: 'a launch' },
};
const decide = (control: Control, changes: Partial<OffersPinned['data']> = {}): Decision<ControlEvent> =>
  pin(control, { ...data, ...changes }, { at: AT, offers });
const after = (control: Control, decision: Decision<ControlEvent>): Control => {
  if (isRefusal(decision)) throw new Error(decision.message);
  return decision.reduce((state, event) => evolveControl(state, event, AT), control);
};
const pinned = after(initialControl, decide(initialControl));

test('a pin reaches the policy, the same again is no news, and another one of the same offers takes its place', () => {
  expect(policyOf(pinned).pins).toEqual([{ filter: data.filter, least: 2 }]);
  expect(decide(pinned, { by: 'bob' })).toEqual([]);
  const other = after(pinned, decide(pinned, { least: 1, most: 3, until: AT + 1 }));
  expect(policyOf(other).pins).toEqual([{ filter: data.filter, least: 1, most: 3, until: AT + 1 }]);
  expect(policyOf(after(other, endPin(other, { filter: data.filter, by: 'bob' }, AT)))).toEqual(
    defaultPolicy,
  );
});

test('a pin ends at its moment, or when it is taken back', () => {
  expect([AT - 1, AT].map((at) => isPinned({ until: AT }, at))).toEqual([true, false]);
  expect(isPinned({}, AT)).toBe(true);
});

test('a pin ends once between two moments; one that was taken back does not', () => {
  const short = after(initialControl, decide(initialControl, { until: AT + 1 }));
  const ends = (control: Control, since: number, at: number): boolean => isPinEnding(control, since, at);
  expect([ends(short, AT - 1, AT), ends(short, AT, AT + 1), ends(short, AT + 1, AT + 9)]).toEqual([
    false,
    true,
    false,
  ]);
  expect(ends(after(short, endPin(short, { filter: data.filter, by: 'bob' }, AT)), AT, AT + 9)).toBe(false);
  expect(ends(pinned, AT, Infinity)).toBe(false);
});

test('one that is over is in no policy any more, and there is nothing of it to take back', () => {
  const short = after(initialControl, decide(initialControl, { until: AT + 1 }));
  expect(policyAt(short, AT).pins).toHaveLength(1);
  expect(policyAt(short, AT + 1)).toEqual(defaultPolicy);
  const refused = endPin(short, { filter: data.filter, by: 'bob' }, AT + 1);
  expect(isRefusal(refused) && refused.message).toBe("'vendor=vendor' is not pinned; nothing is.");
});

test.each<[Decision<ControlEvent>, RegExp]>([
  [decide(initialControl, { filter: {} }), /A pin names offers, a vendor/],
  [decide(initialControl, { filter: { vendor: 'awz' } }), /No offer of the catalogue matches 'vendor=awz'/],
  [decide(initialControl, { least: 1.5 }), /least is 1.5; it is a whole number of nodes/],
  [decide(initialControl, { most: -1 }), /most is -1; it is a whole number of nodes/],
  [decide(initialControl, { most: 1 }), /least is 2 and most is 1/],
  [decide(initialControl, { until: AT }), /until is 2026-11-21T12:00:00.000Z; it is later than now/],
  [decide(initialControl, { until: NaN }), /until is NaN; it is later than now/],
  [
    pin(initialControl, { filter: data.filter, by: 'a', reason: 'b' }, { at: AT, offers }),
    /Neither least nor most/,
  ],
  [endPin(initialControl, { filter: data.filter, by: 'a' }, AT), /'vendor=vendor' is not pinned; nothing is/],
  [
    endPin(pinned, { filter: { gpuType: 'L4' }, by: 'a' }, AT),
    /'gpu=L4' is not pinned; what is: 'vendor=vendor'/,
  ],
])('what is wrong is refused by name: %#', (decision, message) => {
  expect(isRefusal(decision) && decision.message).toMatch(message);
});
