import { Controller, Inject } from '@nestjs/common';
import type { AskOf } from '@slipway/contracts';
import { Answers } from '@slipway/messaging';
import type { Scheduler, SchedulerRequests } from '@slipway/scheduler-core';
import { SCHEDULER } from './tokens.js';

/** The scheduler on the bus: each request of the contracts is handed to the core. */
@Controller()
export class SchedulerController {
  private readonly requests: SchedulerRequests;

  constructor(@Inject(SCHEDULER) scheduler: Scheduler) {
    this.requests = scheduler.requests;
  }

  @Answers('scheduler.create-app')
  createApp(ask: AskOf<'scheduler.create-app'>) {
    return this.requests['create-app'](ask);
  }

  @Answers('scheduler.heartbeat-app')
  heartbeatApp(ask: AskOf<'scheduler.heartbeat-app'>) {
    return this.requests['heartbeat-app'](ask);
  }

  @Answers('scheduler.keep-app')
  keepApp(ask: AskOf<'scheduler.keep-app'>) {
    return this.requests['keep-app'](ask);
  }

  @Answers('scheduler.publish-app')
  publishApp(ask: AskOf<'scheduler.publish-app'>) {
    return this.requests['publish-app'](ask);
  }

  @Answers('scheduler.redeploy-app')
  redeployApp(ask: AskOf<'scheduler.redeploy-app'>) {
    return this.requests['redeploy-app'](ask);
  }

  @Answers('scheduler.list-versions')
  listVersions(ask: AskOf<'scheduler.list-versions'>) {
    return this.requests['list-versions'](ask);
  }

  @Answers('scheduler.tag-app')
  tagApp(ask: AskOf<'scheduler.tag-app'>) {
    return this.requests['tag-app'](ask);
  }

  @Answers('scheduler.disconnect-app')
  disconnectApp(ask: AskOf<'scheduler.disconnect-app'>) {
    return this.requests['disconnect-app'](ask);
  }

  @Answers('scheduler.stop-app')
  stopApp(ask: AskOf<'scheduler.stop-app'>) {
    return this.requests['stop-app'](ask);
  }

  @Answers('scheduler.find-app')
  findApp(ask: AskOf<'scheduler.find-app'>) {
    return this.requests['find-app'](ask);
  }

  @Answers('scheduler.get-app')
  getApp(ask: AskOf<'scheduler.get-app'>) {
    return this.requests['get-app'](ask);
  }

  @Answers('scheduler.list-apps')
  listApps(ask: AskOf<'scheduler.list-apps'>) {
    return this.requests['list-apps'](ask);
  }

  @Answers('scheduler.create-function')
  createFunction(ask: AskOf<'scheduler.create-function'>) {
    return this.requests['create-function'](ask);
  }

  @Answers('scheduler.bind-function')
  bindFunction(ask: AskOf<'scheduler.bind-function'>) {
    return this.requests['bind-function'](ask);
  }

  @Answers('scheduler.get-function')
  getFunction(ask: AskOf<'scheduler.get-function'>) {
    return this.requests['get-function'](ask);
  }

  @Answers('scheduler.find-function')
  findFunction(ask: AskOf<'scheduler.find-function'>) {
    return this.requests['find-function'](ask);
  }

  @Answers('scheduler.find-class')
  findClass(ask: AskOf<'scheduler.find-class'>) {
    return this.requests['find-class'](ask);
  }

  @Answers('scheduler.list-functions')
  listFunctions(ask: AskOf<'scheduler.list-functions'>) {
    return this.requests['list-functions'](ask);
  }

  @Answers('scheduler.scale-function')
  scaleFunction(ask: AskOf<'scheduler.scale-function'>) {
    return this.requests['scale-function'](ask);
  }

  @Answers('scheduler.function-stats')
  functionStats(ask: AskOf<'scheduler.function-stats'>) {
    return this.requests['function-stats'](ask);
  }

  @Answers('scheduler.list-schedules')
  listSchedules(ask: AskOf<'scheduler.list-schedules'>) {
    return this.requests['list-schedules'](ask);
  }

  @Answers('scheduler.create-call')
  createCall(ask: AskOf<'scheduler.create-call'>) {
    return this.requests['create-call'](ask);
  }

  @Answers('scheduler.put-inputs')
  putInputs(ask: AskOf<'scheduler.put-inputs'>) {
    return this.requests['put-inputs'](ask);
  }

  @Answers('scheduler.finish-inputs')
  finishInputs(ask: AskOf<'scheduler.finish-inputs'>) {
    return this.requests['finish-inputs'](ask);
  }

  @Answers('scheduler.retry-inputs')
  retryInputs(ask: AskOf<'scheduler.retry-inputs'>) {
    return this.requests['retry-inputs'](ask);
  }

  @Answers('scheduler.await-outputs')
  awaitOutputs(ask: AskOf<'scheduler.await-outputs'>) {
    return this.requests['await-outputs'](ask);
  }

  @Answers('scheduler.get-call')
  getCall(ask: AskOf<'scheduler.get-call'>) {
    return this.requests['get-call'](ask);
  }

  @Answers('scheduler.cancel-call')
  cancelCall(ask: AskOf<'scheduler.cancel-call'>) {
    return this.requests['cancel-call'](ask);
  }

  @Answers('scheduler.call-graph')
  callGraph(ask: AskOf<'scheduler.call-graph'>) {
    return this.requests['call-graph'](ask);
  }

  @Answers('scheduler.list-tasks')
  listTasks(ask: AskOf<'scheduler.list-tasks'>) {
    return this.requests['list-tasks'](ask);
  }

  @Answers('scheduler.get-task')
  getTask(ask: AskOf<'scheduler.get-task'>) {
    return this.requests['get-task'](ask);
  }

  @Answers('scheduler.await-task')
  awaitTask(ask: AskOf<'scheduler.await-task'>) {
    return this.requests['await-task'](ask);
  }

  @Answers('scheduler.stop-task')
  stopTask(ask: AskOf<'scheduler.stop-task'>) {
    return this.requests['stop-task'](ask);
  }

  @Answers('scheduler.list-workers')
  listWorkers(ask: AskOf<'scheduler.list-workers'>) {
    return this.requests['list-workers'](ask);
  }

  @Answers('scheduler.drain-worker')
  drainWorker(ask: AskOf<'scheduler.drain-worker'>) {
    return this.requests['drain-worker'](ask);
  }

  @Answers('scheduler.keep-worker')
  keepWorker(ask: AskOf<'scheduler.keep-worker'>) {
    return this.requests['keep-worker'](ask);
  }

  @Answers('scheduler.sync-worker')
  syncWorker(ask: AskOf<'scheduler.sync-worker'>) {
    return this.requests['sync-worker'](ask);
  }

  @Answers('scheduler.take-inputs')
  takeInputs(ask: AskOf<'scheduler.take-inputs'>) {
    return this.requests['take-inputs'](ask);
  }

  @Answers('scheduler.put-outputs')
  putOutputs(ask: AskOf<'scheduler.put-outputs'>) {
    return this.requests['put-outputs'](ask);
  }

  @Answers('scheduler.get-captured-layer')
  getCapturedLayer(ask: AskOf<'scheduler.get-captured-layer'>) {
    return this.requests['get-captured-layer'](ask);
  }

  @Answers('scheduler.await-web-tasks')
  awaitWebTasks(ask: AskOf<'scheduler.await-web-tasks'>) {
    return this.requests['await-web-tasks'](ask);
  }

  @Answers('scheduler.follow-plan')
  followPlan(ask: AskOf<'scheduler.follow-plan'>) {
    return this.requests['follow-plan'](ask);
  }

  @Answers('scheduler.list-demand')
  listDemand(ask: AskOf<'scheduler.list-demand'>) {
    return this.requests['list-demand'](ask);
  }

  @Answers('scheduler.list-ended')
  listEnded(ask: AskOf<'scheduler.list-ended'>) {
    return this.requests['list-ended'](ask);
  }

  @Answers('scheduler.list-arguments')
  listArguments(ask: AskOf<'scheduler.list-arguments'>) {
    return this.requests['list-arguments'](ask);
  }

  @Answers('scheduler.report-task')
  reportTask(ask: AskOf<'scheduler.report-task'>) {
    return this.requests['report-task'](ask);
  }
}
