import type { Instant } from '@slipway/kernel';
import { isOver, isPaid, type Host, type PaidHost } from './host.state.js';

const SECONDS_PER_HOUR = 3_600;

/** Seconds that a host is billed for until `at`: begun seconds count, then the minimum, then the increment. */
export const billedSeconds = (host: Host, at: Instant): number =>
  isPaid(host) ? secondsUntil(host, isOver(host) ? host.endedAt : at) : 0;

const secondsUntil = ({ billedFrom, billing }: PaidHost, until: Instant): number => {
  const used = Math.ceil(Math.max(0, until - billedFrom) / 1_000);
  const { incrementSeconds, minimumSeconds } = billing;
  return Math.ceil(Math.max(used, minimumSeconds) / incrementSeconds) * incrementSeconds;
};

/** Until when the host is paid for already, whether it is stopped now or not. */
export const paidUntil = (host: PaidHost, at: Instant): Instant =>
  host.billedFrom + billedSeconds(host, at) * 1_000;

/**
 * What a host has cost until `at`, an integer: each increment at the price of its beginning, for what has begun is billed; the
 * sum is rounded up once. The products stay below 2^53 for any price of the catalogue over a year.
 */
export const hostCostMicroUsd = (host: Host, at: Instant): number => {
  if (!isPaid(host)) return 0;
  const seconds = billedSeconds(host, at);
  const beginOf = (index: number): number => {
    const step = host.prices[index];
    if (index === 0) return 0;
    return step === undefined ? seconds : Math.min(seconds, secondsUntil(host, step.from));
  };
  const priceSeconds = host.prices.reduce(
    (sum, { priceMicroUsdPerNodeHour }, index) =>
      sum + priceMicroUsdPerNodeHour * (beginOf(index + 1) - beginOf(index)),
    0,
  );
  return Math.ceil(priceSeconds / SECONDS_PER_HOUR);
};

/** What a host costs per hour now; 0 for one that is not paid for. */
export const hourlyMicroUsd = (host: Host): number =>
  isPaid(host) && !isOver(host) ? (host.prices.at(-1)?.priceMicroUsdPerNodeHour ?? 0) : 0;
