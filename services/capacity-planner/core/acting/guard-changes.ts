import { usdText } from '../catalogue/micro-usd.js';
import type { Guardrails } from '../policy.js';
import { vendorOf, type Change, type HeldChange } from './change.js';
import { cycleSoFar, type Cycle } from './cycle-so-far.js';
import type { Guarding } from './guarding.js';
import type { Host } from './host.state.js';
import { holdOfAway } from './hold-of-away.js';
import { MakeBeforeBreak, type CapRule, type Hold } from './make-before-break.js';
import { excludedHold, frozenHold } from './operator-holds.js';
import { canLeave, pinHold } from './pin-hold.js';
import { spendNow, type Bill, type SpendNow } from './spend-now.js';

export type Guarded = Readonly<{ now: readonly Change[]; held: readonly HeldChange[] }>;

/**
 * Which changes are carried out now, in order, and which wait for what. Starts count against money and against the cycle; a drain
 * waits until every start of the plan has joined, so that nothing is let go before what replaces it serves. Where a cap on spend alone
 * keeps the starts, as many hosts are drained as make room under it, if that can be: else a fleet at its cap could never become another
 * one.
 */
export const guardChanges = (changes: readonly Change[], guarding: Guarding): Guarded => {
  const everything = holdsEverything(guarding);
  if (everything !== undefined)
    return { now: [], held: changes.map((change) => ({ change, ...everything })) };
  const spend = spendNow(guarding.hosts, guarding.at, guarding.commitments);
  const { hasRoom, ...judged } = judge(changes, { ...guarding, spend }, 'make-room');
  if (hasRoom) return judged;
  const { now, held } = judge(changes, { ...guarding, spend }, 'keep');
  return { now, held };
};

const judge = (
  changes: readonly Change[],
  guarding: Guarding & Readonly<{ spend: SpendNow }>,
  rule: CapRule,
): Guarded & Readonly<{ hasRoom: boolean }> => {
  const cycle = cycleSoFar(guarding);
  const making = new MakeBeforeBreak(changes, guarding, rule);
  const leaving = changes.filter((change) => canLeave(change, guarding));
  const now: Change[] = [];
  const held: HeldChange[] = [];
  for (const change of changes) {
    const hold =
      holdOfAway(change, guarding) ??
      pinHold(change, { now, leaving }, guarding) ??
      holdOf(change, cycle, guarding, making);
    making.count(change, hold);
    if (hold === undefined) {
      now.push(change);
      cycle.count(change);
    } else held.push({ change, heldBy: hold.heldBy, because: hold.because });
  }
  return { now, held, hasRoom: making.hasRoom() };
};

/** What stops every change: an operator, or a view of the world that is too old to trust. The fleet stays as it is. */
const holdsEverything = ({ at, guardrails, seen }: Guarding): Hold | undefined => {
  const frozen = frozenHold(guardrails);
  if (frozen !== undefined) return frozen;
  const views = [
    ['prices', seen.pricesAt, guardrails.maxPriceAgeMs],
    ['the forecast', seen.forecastAt, guardrails.maxForecastAgeMs],
  ] as const;
  for (const [name, seenAt, maxAgeMs] of views) {
    if (at - seenAt > maxAgeMs)
      return {
        heldBy: 'stale',
        because: `${name} of ${new Date(seenAt).toISOString()}: older than ${maxAgeMs / 1_000} s; the fleet stays`,
      };
    if (seenAt - at > maxAgeMs)
      return {
        heldBy: 'stale',
        because: `${name} from the future (${new Date(seenAt).toISOString()}): the clock has jumped; the fleet stays`,
      };
  }
  return undefined;
};

const holdOf = (
  change: Change,
  cycle: Cycle,
  guarding: Guarding,
  making: MakeBeforeBreak,
): Hold | undefined => {
  switch (change.action) {
    case 'start':
      return holdOfStart(change, cycle, guarding);
    case 'convert':
      return undefined;
    case 'drain':
    case 'stop':
      return holdOfStop(change, cycle, guarding, making);
    default:
      return change satisfies never;
  }
};

const holdOfStart = (
  change: Extract<Change, { action: 'start' }>,
  cycle: Cycle,
  { guardrails, at, restsUntil, excluded }: Guarding,
): Hold | undefined => {
  const leftOut = excludedHold(change.offer, excluded);
  if (leftOut !== undefined) return leftOut;
  const restsTo = restsUntil(change.offer.offerId);
  if (restsTo > at)
    return {
      heldBy: 'backoff',
      because: `refused lately; asked again at ${new Date(restsTo).toISOString()}`,
    };
  const overCap = holdOfCaps(cycle.with(change.offer), cycle.bill, guardrails);
  if (overCap !== undefined) return overCap;
  if (cycle.starts >= (guardrails.maxStartsPerCycle ?? Infinity))
    return { heldBy: 'starts-per-cycle', because: `at most ${guardrails.maxStartsPerCycle} starts per plan` };
  return holdOfVendor(change, cycle, guardrails);
};

/** What a commitment pays for adds nothing, to the hour or to the day: a cap is no reason to do without it. */
const holdOfCaps = (after: Bill, before: Bill, guardrails: Guardrails): Hold | undefined => {
  const { maxSpendMicroUsdPerHour: perHour, maxSpendMicroUsdPerDay: perDay } = guardrails;
  // Where both caps hold it, room under one of them alone lets it start no sooner.
  const over = {
    hourlyMicroUsd: beyond(perHour, 'hourlyMicroUsd', after, before),
    dayMicroUsd: beyond(perDay, 'dayMicroUsd', after, before),
  };
  if (over.hourlyMicroUsd > 0)
    return {
      heldBy: 'spend-per-hour',
      because: `${usdText(after.hourlyMicroUsd)} per hour would be above the cap of ${usdText(perHour!)}`,
      over,
    };
  if (over.dayMicroUsd > 0)
    return {
      heldBy: 'spend-per-day',
      because: `the day would cost ${usdText(after.dayMicroUsd)}, above the cap of ${usdText(perDay!)}`,
      over,
    };
  return undefined;
};

/** How far a start that adds to a bill takes it above its cap. */
const beyond = (cap: number | undefined, of: keyof Bill, after: Bill, before: Bill): number =>
  cap === undefined || after[of] <= before[of] ? 0 : Math.max(0, after[of] - cap);

const holdOfStop = (
  change: Extract<Change, { host: Host }>,
  cycle: Cycle,
  { guardrails, wasWeighed }: Guarding,
  making: MakeBeforeBreak,
): Hold | undefined => {
  const { offerId, status } = change.host;
  // Nothing serves there and nothing is paid: its vendor has not answered yet.
  if (status === 'asked') return undefined;
  if (!wasWeighed(offerId))
    return { heldBy: 'unknown-offer', because: `the plan was made without ${offerId}, so it cannot tell` };
  const breaks = making.holdOf(change);
  if (breaks !== undefined) return breaks;
  if (cycle.stops >= (guardrails.maxStopsPerCycle ?? Infinity))
    return { heldBy: 'stops-per-cycle', because: `at most ${guardrails.maxStopsPerCycle} stops per plan` };
  return holdOfVendor(change, cycle, guardrails);
};

const holdOfVendor = (
  change: Change,
  cycle: Cycle,
  { maxChangesPerVendorAndCycle }: Guardrails,
): Hold | undefined =>
  cycle.ofVendor(vendorOf(change)) >= (maxChangesPerVendorAndCycle ?? Infinity)
    ? {
        heldBy: 'vendor-changes-per-cycle',
        because: `at most ${maxChangesPerVendorAndCycle} changes of one vendor per plan`,
      }
    : undefined;
