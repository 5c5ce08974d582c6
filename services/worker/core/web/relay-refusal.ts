import type { RelayOutcome } from '@slipway/contracts';

const STATUS: Readonly<Record<Exclude<RelayOutcome, 'user'>, number>> = {
  gone: 503,
  draining: 503,
  busy: 503,
  timeout: 504,
  failed: 502,
};

/** The status with which the relay itself answers. */
export const refusalStatus = (outcome: Exclude<RelayOutcome, 'user'>): number => STATUS[outcome];
