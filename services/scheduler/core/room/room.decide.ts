import type { FunctionId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { RoomEvent, RoomLacked } from './room.events.js';

/** What a function lacks now: containers that no worker has room for, and since when there have been some. */
export type Lack = Readonly<{ containers: number; demandKey: string; since: Instant; saidAt?: Instant }>;

/** A lack that is over sooner is a start in progress rather than a want of machines. */
const LASTS_MS = 1_000;
/** A number that moves all the time is told this often. */
const SAY_AGAIN_MS = 5_000;

/** What of a lack is news: one that lasts, another number now and then, and its end at once. */
export const tellRoom = (
  functionId: FunctionId,
  told: RoomLacked['data'] | undefined,
  lack: Lack | undefined,
  at: Instant,
): readonly RoomEvent[] => {
  if (lack === undefined) return told === undefined ? [] : [{ type: 'room-found', data: { functionId } }];
  const { containers, demandKey, since, saidAt } = lack;
  if (at - since < LASTS_MS) return [];
  if (told?.containers === containers && told.demandKey === demandKey) return [];
  if (told !== undefined && saidAt !== undefined && at - saidAt < SAY_AGAIN_MS) return [];
  return [{ type: 'room-lacked', data: { functionId, demandKey, containers } }];
};
