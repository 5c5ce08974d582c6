import { askPatiently } from './ask-patiently.ts';

const ok = (): Response => new Response('there');
const later = (retryAfter?: string): Response =>
  new Response('too many', {
    status: 429,
    ...(retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } }),
  });

/** What is answered in the end, how often it was asked and how long was waited, where these are the answers. */
const asked = async (...answers: readonly (() => Response)[]) => {
  const waits: number[] = [];
  let times = 0;
  const { status } = await askPatiently(
    () => Promise.resolve(answers[Math.min(times++, answers.length - 1)]!()),
    (ms) => Promise.resolve(void waits.push(ms)),
  );
  return { status, times, waits };
};

test('what is answered at once is not asked again', async () => {
  expect(await asked(ok)).toEqual({ status: 200, times: 1, waits: [] });
});

test('who is told when to come again does, and waits for that long', async () => {
  const twice = await asked(
    () => later('7'),
    () => later('60'),
    ok,
  );
  expect(twice).toEqual({ status: 200, times: 3, waits: [7_000, 60_000] });
});

test('patience ends: after five waits the refusal is the answer', async () => {
  const { status, times, waits } = await asked(() => later('60'));
  expect([status, times, waits.length]).toEqual([429, 6, 5]);
});

test.each([
  ['says nothing of when', undefined],
  ['wants an hour', '3600'],
  ['says a day', 'Wed, 21 Oct 2026 07:28:00 GMT'],
])('a refusal that %s is the answer', async (_, retryAfter) => {
  expect(await asked(() => later(retryAfter))).toEqual({ status: 429, times: 1, waits: [] });
});
