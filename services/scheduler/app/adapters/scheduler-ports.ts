import { setImmediate } from 'node:timers/promises';
import { appDoneSubject, nudgeSubject, type AppDone } from '@slipway/contracts';
import type { FactRelay } from '@slipway/event-store';
import type { NewEvent } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import { BusPulse, encode } from '@slipway/messaging';
import { deterministicId, randomId } from '@slipway/protocol';
import type { SchedulerPorts, SpendGate } from '@slipway/scheduler-core';
import type { Logger } from '@slipway/telemetry';
import type { WorkerTroubles } from './worker-troubles.js';
import type { Leadership } from '../processes/lead-shard/lead-shard.js';

/** The core's ports over PostgreSQL, the bus and the clock. */
export const schedulerPorts = (
  { opened, fence }: Leadership,
  bus: Bus,
  relay: FactRelay,
  logger: Logger,
  troubles: WorkerTroubles,
  spend?: SpendGate,
): SchedulerPorts => {
  const pulse = new BusPulse(bus.connection);
  let wakeTimer: NodeJS.Timeout | undefined;
  return {
    now: () => Date.now(),
    busHeardAt: () => pulse.heardAt,
    newTaskId: () => randomId('ta'),
    tickIds: (functionId, dueAt) => ({
      callId: deterministicId('fc', 'schedule', functionId, String(dueAt)),
      inputId: deterministicId('in', 'schedule', functionId, String(dueAt)),
    }),
    append: async (events: readonly NewEvent[]) => {
      const last = await opened.log.append(events, fence);
      const first = last - events.length + 1;
      relay.push(events.map((event, index) => ({ ...event, position: first + index })));
    },
    readStream: (...asked) => opened.log.readStream(...asked),
    readVersions: (...asked) => opened.log.readVersions(...asked),
    yieldTurn: () => setImmediate(),
    wakeAt: (at, wake) => {
      clearTimeout(wakeTimer);
      wakeTimer = setTimeout(wake, Math.max(0, at - Date.now()));
    },
    timer: (at) => {
      let handle: NodeJS.Timeout | undefined;
      const elapsed = new Promise<void>((resolve) => {
        handle = setTimeout(resolve, Math.max(0, at - Date.now()));
      });
      return { elapsed, cancel: () => clearTimeout(handle) };
    },
    ...(spend === undefined ? {} : { spend }),
    nudgeWorker: (workerId) => bus.signal(nudgeSubject(workerId)),
    workerInTrouble: (workerId, trouble) => troubles.note(workerId, trouble),
    appDone: (appId, reason) => {
      const done: AppDone = { appId, done: true, reason };
      void publishUntilStored(bus, appDoneSubject(appId), done, logger);
    },
    fenced: (error) => {
      logger.fatal({ err: error }, 'may no longer write');
      process.exit(1);
    },
  };
};

/** Readers of an app's logs wait for this message, so it is sent until JetStream has it; twice is once by its id. */
const publishUntilStored = async (
  bus: Bus,
  subject: string,
  body: AppDone,
  logger: Logger,
): Promise<void> => {
  for (;;) {
    try {
      await bus.connection.jetstream().publish(subject, encode(body), { msgID: `app-done-${body.appId}` });
      return;
    } catch (error) {
      logger.warn({ err: error, subject }, 'will be published again');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
};
