import type { PlanningProblem } from '../planning-problem.js';
import type { Prepared } from './prepared.js';

/** Inputs that are too old to act on keep the fleet as it is, and so does an operator's freeze. */
export const frozenBecause = ({
  at,
  offers,
  forecast,
  fleet,
  policy,
}: PlanningProblem): Prepared['frozen'] => {
  const { mode, maxPriceAgeMs, maxForecastAgeMs, maxFleetAgeMs } = policy.guardrails;
  if (mode === 'frozen') return { because: 'an operator has frozen the fleet' };
  const newestPrice = offers.reduce((newest, { pricedAt }) => Math.max(newest, pricedAt), -Infinity);
  return (
    tooOld('the newest price', at - newestPrice, maxPriceAgeMs) ??
    tooOld('the forecast', at - forecast.madeAt, maxForecastAgeMs) ??
    tooOld('the view of the fleet', at - seenAt(fleet), maxFleetAgeMs)
  );
};

/** One vendor that is away holds back its own hosts alone; all of them hold back everything. */
const seenAt = ({ seenAt: known, vendorsSeenAt = {} }: PlanningProblem['fleet']): number => {
  const vendors = Object.values(vendorsSeenAt);
  return vendors.length === 0 ? known : Math.min(known, Math.max(...vendors));
};

const tooOld = (what: string, ageMs: number, limitMs: number): Prepared['frozen'] =>
  ageMs > limitMs ? { because: `${what} is ${ageMs} ms old; at most ${limitMs} ms is acted on` } : undefined;
