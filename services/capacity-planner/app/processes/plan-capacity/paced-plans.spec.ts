import { setTimeout as pause } from 'node:timers/promises';
import { PacedPlans } from './paced-plans.js';

/** A cycle whose plans are made until they are told to be done; like the real one it answers the plan that is being made. */
const slowCycle = () => {
  const begun: string[] = [];
  let running: PromiseWithResolvers<undefined> | undefined;
  return {
    begun,
    plan: (news: string): Promise<undefined> => {
      if (running === undefined) {
        begun.push(news);
        running = Promise.withResolvers();
      }
      return running.promise;
    },
    settled: (): Promise<void> | undefined =>
      running?.promise.then(
        () => undefined,
        () => undefined,
      ),
    done: async (outcome: 'made' | 'failed' = 'made'): Promise<void> => {
      const { resolve, reject } = running!;
      running = undefined;
      if (outcome === 'made') resolve(undefined);
      else reject(new Error('not sound'));
      await pause(5);
    },
  };
};

test.each(['made', 'failed'] as const)(
  'news that come while a plan is being made are in a plan of their own, once that one is %s',
  async (outcome) => {
    const cycle = slowCycle();
    const plans = new PacedPlans(cycle, 0);
    void plans.now('cycle');
    plans.soon('pin-ended');
    await pause(5);
    plans.soon('demand');
    await pause(5);
    expect(cycle.begun).toEqual(['cycle']);
    await cycle.done(outcome);
    expect(cycle.begun).toEqual(['cycle', 'pin-ended']);
    await cycle.done();
    expect(cycle.begun).toEqual(['cycle', 'pin-ended']);
  },
);

test('news that come together are in one plan, and later ones in the next', async () => {
  const cycle = slowCycle();
  const plans = new PacedPlans(cycle, 0);
  plans.soon('control');
  plans.soon('demand');
  await pause(5);
  plans.soon('fleet');
  await cycle.done();
  await cycle.done();
  expect(cycle.begun).toEqual(['control', 'fleet']);
});

test('nothing is planned after the end', async () => {
  const cycle = slowCycle();
  const plans = new PacedPlans(cycle, 0);
  void plans.now('cycle');
  plans.soon('control');
  await pause(5);
  plans.end();
  await cycle.done();
  plans.soon('control');
  await pause(5);
  expect(cycle.begun).toEqual(['cycle']);
});
