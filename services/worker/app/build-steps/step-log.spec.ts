import { StepLog } from './step-log.js';

const KIB = 1024;
const piece = (characters: number) => ({ stream: 'stdout' as const, data: 'x'.repeat(characters) });
const isSettled = (promise: Promise<void> | undefined): Promise<boolean> =>
  Promise.race([
    Promise.resolve(promise).then(() => true),
    new Promise<false>((no) => setImmediate(no, false)),
  ]);

describe('the output of a build step', () => {
  test('is answered in parts that fit into a message, and its result with the last of them', async () => {
    const log = new StepLog();
    for (let at = 0; at < 64; at += 1) void log.add(piece(32 * KIB));
    log.finish({ ok: false, message: 'failed' });
    let lines = 0;
    for (let afterEntry = 0; ;) {
      const { logs, lastEntry, result } = await log.after(afterEntry, 0);
      expect(logs.reduce((sum, { data }) => sum + data.length, 0)).toBeLessThanOrEqual(544 * KIB);
      lines += logs.length;
      expect(lastEntry).toBe(lines);
      expect(lastEntry > afterEntry || result !== undefined).toBe(true);
      afterEntry = lastEntry;
      if (result === undefined) continue;
      expect([lines, result.ok]).toEqual([64, false]);
      return;
    }
  });

  test('is answered in parts that fit into a message where its lines are many and short', async () => {
    const log = new StepLog();
    for (let at = 0; at < 100_000; at += 1) void log.add(piece(1));
    expect(JSON.stringify(await log.after(0, 0)).length).toBeLessThan(KIB * KIB);
  });

  test('is answered again to who asks again, and let go of when the next is asked for', async () => {
    const log = new StepLog();
    for (const data of ['a', 'b', 'c']) void log.add({ stream: 'stdout', data });
    const said = async (afterEntry: number) =>
      (await log.after(afterEntry, 0)).logs.map(({ data }) => data).join('');
    expect(await said(0)).toBe('abc');
    expect(await said(0)).toBe('abc');
    expect(await said(2)).toBe('c');
    // A question that was late: nobody waits for its answer.
    expect(await said(0)).toBe('c');
  });

  test('makes the step wait while much of it is unread', async () => {
    const log = new StepLog();
    let room: Promise<void> | undefined;
    let added = 0;
    for (; room === undefined && added < 1000; added += 1) room = log.add(piece(32 * KIB));
    expect(added).toBeLessThan(1000);
    expect(await isSettled(room)).toBe(false);
    for (let afterEntry = 0; afterEntry < added;) {
      const { lastEntry } = await log.after(afterEntry, 0);
      expect(lastEntry).toBeGreaterThan(afterEntry);
      afterEntry = lastEntry;
    }
    await log.after(added, 0);
    expect(await isSettled(room)).toBe(true);
    expect(log.add(piece(1))).toBeUndefined();
  });

  test('that nobody reads any more is not kept, and makes nobody wait', async () => {
    const log = new StepLog();
    let room: Promise<void> | undefined;
    for (let added = 0; room === undefined && added < 1000; added += 1) room = log.add(piece(32 * KIB));
    const asked = log.after(1000, 60_000);
    log.giveUp();
    expect(await isSettled(room)).toBe(true);
    for (let at = 0; at < 1000; at += 1) expect(log.add(piece(32 * KIB))).toBeUndefined();
    expect((await asked).logs).toEqual([]);
  });
});
