import type { CommittedTo } from '@slipway/contracts';
import { isRefusal, type Decision } from '@slipway/kernel';
import { commitmentsOf } from '../commitments/commitments-of.js';
import { viewCommitments } from '../commitments/view-commitments.js';
import { plainOffer } from '../testing/plain-parts.js';
import type { ControlEvent } from './control.events.js';
import { evolveControl, initialControl, termsOf, type Control } from './control.state.js';
import { recordCommitment, removeCommitment } from './record-commitment.js';

const AT = Date.parse('2026-11-21T12:00:00Z');
const YEAR_MS = 365 * 86_400_000;
const here = plainOffer('here', 8, 20, { instanceType: 'box' });
const there = plainOffer('there', 8, 24, { instanceType: 'box', region: 'eu-1' });
const small = plainOffer('small', 1, 3, { instanceType: 'nook' });
const spot = plainOffer('spot', 8, 9, { instanceType: 'bid', purchase: 'spot' });
const offers = [here, there, small, spot];

const boxes: CommittedTo = {
  ...{ commitmentId: 'boxes', vendor: 'vendor', kind: 'nodes', instanceType: 'box', nodes: 2 },
  ...{ priceMicroUsdPerNodeHour: 12_000_000, endsAt: AT + YEAR_MS },
};
const share: CommittedTo = {
  ...{ commitmentId: 'share', vendor: 'vendor', kind: 'spend', endsAt: AT + YEAR_MS },
  ...{ coveredMicroUsdPerHour: 50_000_000, priceMicroUsdPerHour: 30_000_000 },
};

const record = (control: Control, commitment: CommittedTo, startsAt?: number): Decision<ControlEvent> =>
  recordCommitment(
    control,
    { commitment, by: 'ada', at: AT, ...(startsAt === undefined ? {} : { startsAt }) },
    offers,
  );
const after = (control: Control, decision: Decision<ControlEvent>): Control => {
  if (isRefusal(decision)) throw new Error(decision.message);
  return decision.reduce((state, event) => evolveControl(state, event, AT), control);
};
const message = (decision: Decision<ControlEvent>): unknown => isRefusal(decision) && decision.message;
const owning = after(initialControl, record(initialControl, boxes));

test('a commitment begins when it is recorded, and the same again is no news', () => {
  expect(owning.commitments).toEqual([{ at: AT, by: 'ada', terms: { ...boxes, startsAt: AT } }]);
  expect(record(owning, boxes)).toEqual([]);
  expect(message(record(owning, { ...boxes, endsAt: AT + 1 }))).toMatch(
    /a commitment 'boxes' with other terms/,
  );
});

test('a plan counts with nodes of the offers that it names, the narrowest first, and with shares of bills last', () => {
  const wide: CommittedTo = { ...boxes, commitmentId: 'all', gpuType: 'H100' };
  const { instanceType: _, ...anyH100 } = wide as Extract<CommittedTo, { kind: 'nodes' }>;
  const all = [share, { ...boxes, commitmentId: 'us', region: 'us-1' }, anyH100 as CommittedTo].reduce(
    (control, commitment) => after(control, record(control, commitment)),
    owning,
  );
  expect(commitmentsOf(termsOf(all), offers, AT)).toMatchObject([
    { commitmentId: 'us', offerIds: ['here'], nodes: 2, priceMicroUsdPerHour: 24_000_000 },
    { commitmentId: 'boxes', offerIds: ['here', 'there'] },
    { commitmentId: 'all', offerIds: ['here', 'small', 'there'] },
    { commitmentId: 'share', kind: 'spend', vendor: 'vendor' },
  ]);
  expect(commitmentsOf(termsOf(all), offers, AT + YEAR_MS)).toEqual([]);
});

test('one that is removed is gone, and a name that is none is told with those that there are', () => {
  const none = after(owning, removeCommitment(owning, { commitmentId: 'boxes', by: 'bob' }));
  expect(none).toEqual(initialControl);
  expect(message(removeCommitment(owning, { commitmentId: 'x', by: 'bob' }))).toMatch(
    /'x'; there are 'boxes'/,
  );
  expect(message(removeCommitment(none, { commitmentId: 'x', by: 'bob' }))).toMatch(/'x'; there is none/);
});

test.each<[Partial<CommittedTo> & object, RegExp]>([
  [{ commitmentId: 'a b' }, /commitmentId is "a b"; it is a name/],
  [{ endsAt: AT }, /endsAt is "2026-11-21T12:00:00.000Z"; it is later than startsAt/],
  [{ endsAt: NaN }, /endsAt is null; it is a moment/],
  [{ endsAt: AT + 11 * YEAR_MS }, /at most ten years/],
  [{ nodes: 0 }, /nodes is 0; it is a whole number from 1/],
  [
    { priceMicroUsdPerNodeHour: 1.5 },
    /priceMicroUsdPerNodeHour is 1.5; it is a whole number of micro-dollars/,
  ],
  [{ instanceType: undefined }, /Neither instanceType nor gpuType is given/],
  [{ instanceType: 'p5' }, /covered by 'vendor=vendor,type=p5'/],
  [{ instanceType: 'bid' }, /spot never is/],
])('what is wrong is refused by name: %j', (change, expected) => {
  expect(message(record(initialControl, { ...boxes, ...change } as CommittedTo))).toMatch(expected);
});

test('one that is over cannot be recorded', () => {
  const late = { ...boxes, endsAt: AT - 1 };
  expect(message(record(initialControl, late, AT - YEAR_MS))).toMatch(/it is later than now/);
});

test('two that cross are refused, for it would be unclear which one pays', () => {
  const crossing = { ...boxes, commitmentId: 'eu', gpuType: 'H100', region: 'us-1' } as CommittedTo;
  const { instanceType: _, ...usH100 } = crossing as Extract<CommittedTo, { kind: 'nodes' }>;
  expect(message(record(owning, usH100 as CommittedTo))).toMatch(
    /and commitment 'boxes' .* unclear which one pays/,
  );
});

test('the list says what is used now, what it is worth and what it costs in any case', () => {
  const both = after(owning, record(owning, { ...share, commitmentId: 'later' }, AT + 1));
  const holdings = [
    { offerId: here.offerId, nodes: 1, startingNodes: 0, drainingNodes: 1, paidUntil: [] },
    { offerId: there.offerId, nodes: 1, startingNodes: 0, drainingNodes: 0, paidUntil: [] },
  ];
  expect(viewCommitments(both.commitments, { at: AT, offers, holdings })).toMatchObject({
    commitments: [
      { commitmentId: 'boxes', state: 'in-force', offers: 2, usedNodes: 2, usedMicroUsdPerHour: 44_000_000 },
      { commitmentId: 'later', state: 'to-come', usedNodes: 0, paidMicroUsdPerHour: 0 },
    ],
    paidMicroUsdPerHour: 24_000_000,
    usedMicroUsdPerHour: 44_000_000,
  });
});
