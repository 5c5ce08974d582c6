import { setTimeout as pause } from 'node:timers/promises';
import { BusPulse } from './bus-pulse.js';

test('the bus is heard as long as it answers, and again when it is back', async () => {
  let isAway = false;
  let asked = 0;
  const pulse = new BusPulse({
    flush: () => {
      asked += 1;
      return isAway ? Promise.reject(new Error('DISCONNECT')) : Promise.resolve();
    },
  });
  const askedAgain = async (): Promise<void> => {
    for (const until = asked + 2; asked < until;) await pause(20);
  };
  const bornAt = pulse.heardAt;
  await askedAgain();
  const { heardAt } = pulse;
  expect(heardAt).toBeGreaterThan(bornAt);
  isAway = true;
  await askedAgain();
  expect(pulse.heardAt).toBe(heardAt);
  isAway = false;
  await askedAgain();
  expect(pulse.heardAt).toBeGreaterThan(heardAt);
});
