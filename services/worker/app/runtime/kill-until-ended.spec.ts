import { setTimeout as pause } from 'node:timers/promises';
import { killUntilEnded } from './kill-until-ended.js';

describe('a container that is to be killed', () => {
  test('is killed again and again while the runtime is still creating it, until it has ended', async () => {
    let kills = 0;
    let end: (exitCode: number) => void = () => undefined;
    const exited = new Promise<number>((resolve) => (end = resolve));
    const kill = async (): Promise<void> => {
      kills += 1;
      // The runtime knows it from the third time on.
      if (kills === 3) end(137);
    };
    await killUntilEnded({ kill }, 'ta-1', exited);
    expect(kills).toBe(3);
    await pause(500);
    expect(kills).toBe(3);
  });

  test('needs no second kill when the first one reaches it, nor one whose start failed', async () => {
    for (const ended of [Promise.resolve(137), Promise.reject(new Error('no such program'))]) {
      let kills = 0;
      await killUntilEnded({ kill: async () => void (kills += 1) }, 'ta-1', ended);
      expect(kills).toBe(1);
    }
  });
});
