import type { StoredEvent } from '@slipway/kernel';

type Tick = Readonly<{
  functionId: string;
  callId?: string;
  dueAt?: number;
  firstDueAt?: number;
  nextDueAt?: number;
}>;

/** Ticks follow one another without a gap: each fired once, with a call, or was told as missed. */
export const brokenSchedules = (events: readonly StoredEvent[]): readonly string[] => {
  const broken: string[] = [];
  const awaited = new Map<string, number | undefined>();
  const calls = new Set<string>();
  for (const { type, data } of events)
    if (type === 'call-created') calls.add((data as { callId: string }).callId);
  for (const { type, data } of events) {
    const { functionId, callId = '', dueAt, firstDueAt, nextDueAt } = data as Tick;
    if (type === 'schedule-started') awaited.set(functionId, nextDueAt);
    if (type !== 'schedule-fired' && type !== 'schedule-missed') continue;
    if ((dueAt ?? firstDueAt) !== awaited.get(functionId))
      broken.push(`${functionId} ticked for ${dueAt ?? firstDueAt}, but ${awaited.get(functionId)} was due`);
    if (type === 'schedule-fired' && !calls.has(callId))
      broken.push(`the tick ${dueAt} of ${functionId} has no call`);
    awaited.set(functionId, nextDueAt);
  }
  return broken;
};
