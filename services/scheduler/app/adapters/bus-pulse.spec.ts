import { setTimeout as pause } from 'node:timers/promises';
import { BusPulse } from './bus-pulse.js';

test('the bus is heard as long as it answers, and again when it is back', async () => {
  const bus = { flush: (): Promise<void> => Promise.resolve() };
  const pulse = new BusPulse({ flush: () => bus.flush() });
  await pause(1_100);
  expect(Date.now() - pulse.heardAt).toBeLessThan(1_000);
  const { heardAt } = pulse;
  bus.flush = () => Promise.reject(new Error('DISCONNECT'));
  await pause(1_100);
  expect(pulse.heardAt - heardAt).toBeLessThan(600);
  bus.flush = () => Promise.resolve();
  await pause(1_100);
  expect(Date.now() - pulse.heardAt).toBeLessThan(1_000);
});
