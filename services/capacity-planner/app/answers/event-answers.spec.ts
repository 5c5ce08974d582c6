import type { StoredEvent } from '@slipway/kernel';
import { EventAnswers } from './event-answers.js';

/** So many freezes, and between them one drift of a host. */
const events: readonly StoredEvent[] = Array.from({ length: 7 }, (_, index) => {
  const position = index + 1;
  return position === 4
    ? {
        ...{ position, at: position, stream: 'drift-h-1', version: 1, type: 'drift-ended' },
        data: { hostId: 'h-1', kind: 'gone', seenBy: 'own' },
      }
    : {
        ...{ position, at: position, stream: 'control', version: position, type: 'planning-resumed' },
        data: { by: 'ada' },
      };
});
const answers = (log: readonly StoredEvent[] = events) =>
  new EventAnswers(
    {
      read: (after, limit) => Promise.resolve(log.filter(({ position }) => position > after).slice(0, limit)),
      readStreamBefore: (of, before = Infinity, limit) =>
        Promise.resolve(
          log
            .filter(({ stream, position }) => stream === of && position < before)
            .toReversed()
            .slice(0, limit),
        ),
    },
    () => log.length,
  );
const positions = async (ask: Parameters<EventAnswers['list']>[0]) => {
  const { events: page, nextBeforePosition } = await answers().list(ask);
  return [page.map(({ position }) => position), nextBeforePosition];
};

test('all that happened, the newest first, page by page to the first', async () => {
  expect(await positions({ limit: 3 })).toEqual([[7, 6, 5], 5]);
  expect(await positions({ limit: 3, beforePosition: 5 })).toEqual([[4, 3, 2], 2]);
  expect(await positions({ limit: 3, beforePosition: 2 })).toEqual([[1], undefined]);
  expect(await positions({ limit: 7 })).toEqual([[7, 6, 5, 4, 3, 2, 1], undefined]);
  expect(await answers([]).list({ limit: 7 })).toEqual({ events: [] });
});

test('what happened to a host, or what operators decided', async () => {
  expect((await answers().list({ of: 'h-1', limit: 9 })).events).toEqual([
    {
      position: 4,
      fact: { at: 4, type: 'capacity-drift-ended', hostId: 'h-1', kind: 'gone', seenBy: 'own' },
    },
  ]);
  expect(await positions({ of: 'control', limit: 4 })).toEqual([[7, 6, 5, 3], 3]);
  expect(await positions({ of: 'control', limit: 4, beforePosition: 3 })).toEqual([[2, 1], undefined]);
  expect(await positions({ of: 'failures', limit: 4 })).toEqual([[], undefined]);
});

test('what happened to a host before its first event is an empty page, not an unknown host', async () => {
  expect(await positions({ of: 'h-1', limit: 4, beforePosition: 4 })).toEqual([[], undefined]);
});

test('what a host and its drifts say is one page, the newest first', async () => {
  const drift = events[3]!;
  const log = [drift, { ...drift, position: 5, stream: 'plan-h-1' }, { ...drift, position: 6, version: 2 }];
  const page = await answers(log).list({ of: 'h-1', limit: 2 });
  expect([page.events.map(({ position }) => position), page.nextBeforePosition]).toEqual([[6, 5], 5]);
});

test('what the log knows nothing of is said', async () => {
  await expect(answers().list({ of: 'h-2', limit: 4 })).rejects.toMatchObject({
    refusal: { code: 'no-such-subject' },
  });
});
