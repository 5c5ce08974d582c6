import * as fc from 'fast-check';
import { desiredContainers, type Load } from './desired-containers.js';

const settings = { minContainers: 0, maxContainers: 0, bufferContainers: 0, scaledownWindowMs: 10_000 };
const load = (changes: Partial<Load>): Load => ({
  queuedInputs: 0,
  runningInputs: 0,
  webRequests: 0,
  longestWaitMs: 0,
  liveContainers: 0,
  inputsPerContainer: 1,
  averageInputMs: undefined,
  averageStartMs: 1_000,
  ...changes,
});

describe('how many containers a function should have', () => {
  test('none when there is nothing to do', () => {
    expect(desiredContainers(load({ liveContainers: 3 }), settings)).toBe(0);
  });

  test('one for each input, or for as many as a container works on at once', () => {
    expect(desiredContainers(load({ queuedInputs: 10 }), settings)).toBe(10);
    expect(desiredContainers(load({ queuedInputs: 10, inputsPerContainer: 4 }), settings)).toBe(3);
  });

  test('a backlog that is worked off before a container could start calls for none', () => {
    const short = load({ queuedInputs: 50, liveContainers: 1, averageInputMs: 10 });
    expect(desiredContainers(short, settings)).toBe(1);
  });

  test('an input that has waited longer than a start takes gets its container, whatever the averages say', () => {
    const stuck = load({ queuedInputs: 1, runningInputs: 1, liveContainers: 1, averageInputMs: 10 });
    expect(desiredContainers(stuck, settings)).toBe(1);
    expect(desiredContainers({ ...stuck, longestWaitMs: 1_001 }, settings)).toBe(2);
  });

  test('a web request has its place, whatever the averages of inputs say', () => {
    const asked = load({ webRequests: 2, liveContainers: 1, averageInputMs: 10 });
    expect(desiredContainers(asked, settings)).toBe(2);
    const besideBacklog = { ...asked, queuedInputs: 50 };
    expect(desiredContainers(besideBacklog, settings)).toBe(3);
  });

  test('demand that has not lasted for the scale-up window calls for no more than are there', () => {
    const patient = { ...settings, scaleupWindowMs: 5_000 };
    const busy = load({ queuedInputs: 3, runningInputs: 1, liveContainers: 1, longestWaitMs: 4_000 });
    expect(desiredContainers(busy, patient)).toBe(1);
    expect(desiredContainers({ ...busy, longestWaitMs: 5_000 }, patient)).toBe(4);
    expect(desiredContainers({ ...busy, liveContainers: 0 }, patient)).toBe(4);
  });

  test('the buffer is kept while there is work, the least number always, the most never passed', () => {
    const buffered = { ...settings, bufferContainers: 2 };
    expect(desiredContainers(load({ runningInputs: 1 }), buffered)).toBe(3);
    expect(desiredContainers(load({}), buffered)).toBe(0);
    expect(desiredContainers(load({}), { ...settings, minContainers: 2 })).toBe(2);
    expect(desiredContainers(load({ queuedInputs: 9 }), { ...settings, maxContainers: 4 })).toBe(4);
  });

  test('for any load it is between the least and the most', () => {
    const some = fc.nat(1_000);
    fc.assert(
      fc.property(
        some,
        some,
        some,
        fc.nat(20),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(5),
        (q, r, live, extra, per, min) => {
          const bounded = {
            ...settings,
            minContainers: min,
            maxContainers: min + extra,
            bufferContainers: 1,
          };
          const wanted = desiredContainers(
            load({
              queuedInputs: q,
              runningInputs: r,
              liveContainers: live,
              inputsPerContainer: per,
              averageInputMs: q,
            }),
            bounded,
          );
          expect(wanted).toBeGreaterThanOrEqual(min);
          if (bounded.maxContainers > 0) expect(wanted).toBeLessThanOrEqual(bounded.maxContainers);
        },
      ),
    );
  });
});
