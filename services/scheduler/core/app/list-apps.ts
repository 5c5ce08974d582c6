import type { AppView } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { mostThatFit } from '../policies/messages/most-that-fit.js';
import type { App } from './app.state.js';

/** How long an app that has stopped is listed. */
export const LISTED_MS = 24 * 60 * 60_000;

export const isListed = ({ stoppedAt }: Pick<App, 'stoppedAt'>, at: Instant): boolean =>
  stoppedAt === undefined || at - stoppedAt < LISTED_MS;

/** As many apps as one message holds, in their order: rather those that have not stopped, then those that stopped last. */
export const thatFit = (apps: readonly AppView[]): readonly AppView[] =>
  mostThatFit(apps, (one, other) => stopOf(other) - stopOf(one));

const stopOf = ({ stoppedAt }: AppView): Instant => stoppedAt ?? Number.MAX_SAFE_INTEGER;
