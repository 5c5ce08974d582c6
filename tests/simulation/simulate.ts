import { Chance } from './chance.js';
import { brokenAtRest, brokenNow } from './invariants.js';
import { SimulatedClient } from './simulated-client.js';
import { SimulatedWorker, type Temper } from './simulated-worker.js';
import { World } from './world.js';

const STORM_MS = 40_000;
const REST_MS = 120_000;
const LOOK_EVERY_MS = 250;

export type SimulationResult = Readonly<{ broken: readonly string[]; events: number; restarts: number }>;

/** One run of the scheduler's core with everything going wrong that may, and then with nothing going wrong any more. */
export const simulate = async (seed: number): Promise<SimulationResult> => {
  const chance = new Chance(seed);
  const world = new World(chance);
  const { clock } = world;
  const calm = chance.happens(0.2);
  if (calm) Object.assign(world.trouble, { lostQuestions: 0, lostAnswers: 0, repeats: 0 });
  const temper: Temper = { crashes: 0.05, errors: 0.15, failedStarts: 0.05 };
  let ended = false;
  let restarts = 0;
  const workers = Array.from(
    { length: chance.between(1, 3) },
    (_, n) =>
      new SimulatedWorker(
        world,
        `wo-${n}`,
        {
          milliCpu: chance.pick([3_000, 6_000]),
          memoryMiB: chance.pick([3_072, 6_144]),
          gpus: [0, 1, 2].map((index) => ({ index, type: 'L4', simulated: true })),
          runtime: 'runc',
        },
        temper,
      ),
  );
  workers.forEach((worker) => worker.powerOn());
  const clients = Array.from(
    { length: chance.between(1, 3) },
    (_, n) => new SimulatedClient(world, `client-${n}`, { ended: () => ended }),
  );
  const live = async (client: SimulatedClient): Promise<void> => {
    await client.deploy();
    for (let n = chance.between(1, 6); n > 0; n -= 1) {
      await clock.pause(chance.between(0, 8_000));
      void client.call();
      if (chance.happens(0.3)) client.redeploy();
    }
    if (!chance.happens(0.4)) return;
    await clock.pause(chance.between(0, 10_000));
    void client.stop();
    if (chance.happens(0.5)) void client.call();
  };
  clients.forEach((client) => void live(client));

  const strike = (): void => {
    const worker = chance.pick(workers);
    switch (chance.between(0, 5)) {
      case 0:
        if (world.scheduler === undefined) return;
        restarts += 1;
        // At any moment, not only between two looks: a commit may be on its way, an answer about to leave.
        clock.schedule(clock.now() + chance.between(0, LOOK_EVERY_MS), () => {
          world.killScheduler();
          clock.schedule(clock.now() + chance.pick([0, 100, 3_000]), () => world.startScheduler());
        });
        return;
      case 1:
        worker.powerOff();
        clock.schedule(clock.now() + chance.pick([100, 5_000, 15_000]), () => worker.powerOn());
        return;
      case 2:
        world.unreachable.add(worker.workerId);
        clock.schedule(clock.now() + chance.pick([1_000, 12_000]), () =>
          world.unreachable.delete(worker.workerId),
        );
        return;
      default:
        world.takeSnapshot();
    }
  };

  const look = async (ms: number, storm: boolean): Promise<void> => {
    for (let passed = 0; passed < ms && world.broken.length === 0; passed += LOOK_EVERY_MS) {
      if (storm && !calm && chance.happens(0.04)) strike();
      await clock.advance(LOOK_EVERY_MS);
      const { scheduler } = world;
      if (scheduler === undefined) continue;
      if (!scheduler.alive()) world.broken.push(`the scheduler was fenced: ${String(scheduler.fenced())}`);
      world.broken.push(...brokenNow(scheduler.state));
    }
  };
  await look(STORM_MS, true);
  Object.assign(world.trouble, { lostQuestions: 0, lostAnswers: 0, repeats: 0 });
  Object.assign(temper, { crashes: 0, errors: 0, failedStarts: 0 });
  clients.forEach((client) => void client.unschedule());
  await look(REST_MS, false);
  if (world.broken.length === 0)
    world.broken.push(
      ...brokenAtRest(
        world,
        clients.map(({ ledger }) => ledger),
      ),
    );
  ended = true;
  return { broken: [...new Set(world.broken)], events: world.log.events.length, restarts };
};
