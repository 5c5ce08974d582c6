import { chooseIdleToStop } from './choose-idle-to-stop.js';

const settings = { minContainers: 0, maxContainers: 0, bufferContainers: 0, scaledownWindowMs: 10_000 };
const idle = [
  { taskId: 'young', idleSince: 9_000 },
  { taskId: 'old', idleSince: 1_000 },
  { taskId: 'older', idleSince: 500 },
];

describe('which idle containers are stopped', () => {
  test('those that were idle for the whole window, the longest first', () => {
    expect(chooseIdleToStop(idle, 3, 0, settings, 11_000)).toEqual(['older', 'old']);
    expect(chooseIdleToStop(idle, 3, 0, settings, 10_999)).toEqual(['older']);
  });

  test('never below the least number', () => {
    expect(chooseIdleToStop(idle, 3, 0, { ...settings, minContainers: 2 }, 60_000)).toEqual(['older']);
  });

  test('the buffer stays while others work, and goes with the work', () => {
    const buffered = { ...settings, bufferContainers: 2 };
    expect(chooseIdleToStop(idle, 4, 1, buffered, 60_000)).toEqual(['older']);
    expect(chooseIdleToStop(idle, 3, 0, buffered, 60_000)).toHaveLength(3);
  });
});
