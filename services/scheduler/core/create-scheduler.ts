import type { AnswerOf, AskOf, RequestName } from '@slipway/contracts';
import { isFirstDeployment } from './app/app.decide.js';
import { Engine } from './engine.js';
import { HotState } from './hot-state/hot-state.js';
import type { SchedulerPorts } from './ports.js';
import { evictFinished } from './reactions/evict.js';
import { asItWasDeployed } from './reactions/evict-functions.js';
import { expire } from './reactions/expire.js';
import { fireSchedules } from './reactions/fire-schedules.js';
import { keepWithinBudget } from './reactions/keep-within-budget.js';
import { settle } from './reactions/settle.js';
import { tellRoomOfAll } from './reactions/tell-room.js';
import { appRequests } from './requests/app-requests.js';
import { callRequests } from './requests/call-requests.js';
import { capacityRequests } from './requests/capacity-requests.js';
import { deploymentRequests } from './requests/deployment-requests.js';
import { functionRequests } from './requests/function-requests.js';
import { hostRequests } from './requests/host-requests.js';
import { outputRequests } from './requests/output-requests.js';
import { recallNamed } from './requests/recall-named.js';
import { scheduleRequests } from './requests/schedule-requests.js';
import { taskRequests } from './requests/task-requests.js';
import { useRequests } from './requests/use-requests.js';
import { webRequests } from './requests/web-requests.js';
import { workerRequests } from './requests/worker-requests.js';

type Named<Prefix extends string> = Extract<RequestName, `${Prefix}.${string}`>;
type Unprefixed<Name extends string> = Name extends `scheduler.${infer Rest}` ? Rest : never;

/** Every `scheduler.*` request of the contracts. */
export type SchedulerRequests = {
  [Name in Named<'scheduler'> as Unprefixed<Name>]: (ask: AskOf<Name>) => Promise<AnswerOf<Name>>;
};

export type Scheduler = Readonly<{
  requests: SchedulerRequests;
  /** To be called a few times a second: what ends by the clock, and idle containers. */
  tick(): void;
  /** To be called now and then: lets go of what finished long ago. */
  evict(): void;
  /** Calls `look` if the hot state is exactly what the log says; undefined otherwise: try again later. */
  settled<Result>(look: () => Result): Result | undefined;
}>;

/** Wires the core. Its callers: the Nest module, the specs, the simulator. `state` comes from a replay of the log. */
export const createScheduler = (ports: SchedulerPorts, state: HotState = new HotState()): Scheduler => {
  const engine = new Engine(state, ports);
  greet(engine);
  return {
    requests: recalling(engine, {
      ...appRequests(engine),
      ...deploymentRequests(engine),
      ...functionRequests(engine),
      ...scheduleRequests(engine),
      ...callRequests(engine),
      ...outputRequests(engine),
      ...taskRequests(engine),
      ...workerRequests(engine),
      ...webRequests(engine),
      ...capacityRequests(engine),
      ...hostRequests(engine),
      ...useRequests(engine),
    }),
    tick: () => {
      const at = ports.now();
      expire(engine, at);
      keepWithinBudget(engine, at);
      fireSchedules(engine, at);
      for (const functionId of state.tasksOfFunction.keys()) engine.dirtyFunctions.add(functionId);
      for (const functionId of state.queueOfFunction.keys()) engine.dirtyFunctions.add(functionId);
      for (const functionId of engine.shortFunctions) engine.dirtyFunctions.add(functionId);
      for (const functionId of engine.presence.web.functionsInDemand(at))
        engine.dirtyFunctions.add(functionId);
      settle(engine, at);
      tellRoomOfAll(engine, at);
    },
    evict: () => evictFinished(engine, ports.now()),
    settled: (look) => (engine.isSettled() ? look() : undefined),
  };
};

const recalling = (engine: Engine, requests: SchedulerRequests): SchedulerRequests =>
  Object.fromEntries(
    Object.entries(requests).map(([name, answer]) => [
      name,
      async (ask: object): Promise<unknown> => {
        await recallNamed(engine, ask);
        return (answer as (ask: object) => Promise<unknown>)(ask);
      },
    ]),
  ) as SchedulerRequests;

/** A new leader gives workers and clients their full time to say that they are there, and begins without what was over. */
const greet = (engine: Engine): void => {
  const { state, presence, ports, dirtyFunctions, dirtyApps } = engine;
  const at = ports.now();
  evictFinished(engine, at, asItWasDeployed);
  presence.lookedAt = at;
  for (const worker of state.workers.values())
    if (worker.status === 'present')
      presence.workers.set(worker.workerId, {
        lastSyncAt: at,
        cachedImageIds: new Set(),
        draining: false,
        seenTaskIds: new Set(state.tasksOfWorker.get(worker.workerId)),
      });
  for (const app of state.apps.values()) {
    presence.appHeartbeats.set(app.appId, at);
    if (app.status === 'stopping') dirtyApps.add(app.appId);
    if (isFirstDeployment(app)) presence.sharedDeployments.add(app.appId);
  }
  for (const functionId of state.functions.keys()) dirtyFunctions.add(functionId);
  for (const task of state.tasks.values())
    if (task.status === 'ready' && state.running(task.taskId).size === 0)
      presence.idleSince.set(task.taskId, at);
};
