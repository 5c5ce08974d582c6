import type { AppId, AppLifetime } from '@slipway/contracts';
import { refuseInEnvironment } from '../access/check-access.js';
import type { Caller } from '../access/caller.js';

/** An app that has, or wants, a name under which the web finds it. */
export type NamedApp = Readonly<{
  appId: AppId;
  environment: string;
  /** Undefined: the app is no longer known. */
  lifetime: AppLifetime | undefined;
  hasEnded: boolean;
}>;

/**
 * Whether an app takes over a name from another one of its workspace, leaves it there, or is refused. The newest deployment has
 * it, where the caller could also have taken it away from its holder; what lives no longer than its client takes nothing from what
 * is deployed, and is not in anybody's way once it has ended.
 */
export const takeOverName = (
  caller: Caller,
  holder: NamedApp,
  app: NamedApp,
): 'take' | 'leave' | 'refuse' => {
  if (holder.appId === app.appId) return 'take';
  const isOver = holder.hasEnded && holder.lifetime !== undefined && holder.lifetime !== 'deployed';
  const mayTake =
    isOver ||
    holder.environment === app.environment ||
    refuseInEnvironment(caller, 'change', holder.environment) === undefined;
  if (app.lifetime === 'deployed') return mayTake ? 'take' : 'refuse';
  const isServed = holder.lifetime === 'deployed' && !holder.hasEnded;
  return mayTake && !isServed ? 'take' : 'leave';
};
