import type {
  AppPublished,
  AppView,
  BindFunction,
  ClassView,
  CreateApp,
  CreateFunction,
  FunctionStats,
  FunctionView,
  PublishApp,
} from '../apps.js';
import type { FollowPlan } from '../capacity.js';
import type { DemandNow } from '../demand-now.js';
import type { AppVersionView, RedeployApp } from '../deployments.js';
import type { EnvironmentChoice } from '../environment-choice.js';
import type {
  AwaitOutputs,
  CallCreated,
  CallGraph,
  CallView,
  CancelCall,
  CreateCall,
  FinishInputs,
  OutputsReady,
  PutInputs,
  RetryInputs,
} from '../calls.js';
import type { ExitReason } from '../exit-reason.js';
import type { AutoscalerSettings } from '../function-spec.js';
import type { AppId, BlobId, CallId, DefinitionId, FunctionId, TaskId, WorkerId } from '../ids.js';
import type { ScheduleView } from '../schedules.js';
import type { LayerRef } from '../images.js';
import type {
  InputsTaken,
  PutOutputs,
  ReportTask,
  SyncWorker,
  TakeInputs,
  TakenInput,
  TaskView,
  WorkerPlan,
} from '../tasks.js';
import type { AwaitWebTasks, WebTasks } from '../web.js';
import type { DrainWorker, WorkerView } from '../workers.js';
import type { Ask, Nothing, OfWorkspace } from './ask.js';

/** What the scheduler is asked. */
export interface SchedulerRequests {
  'scheduler.create-app': Ask<CreateApp, Nothing>;
  'scheduler.heartbeat-app': Ask<OfWorkspace & Readonly<{ appId: AppId }>, Nothing>;
  /** An app that is looked up stays, also when the first deployment that made it is broken off: no version of it is made. */
  'scheduler.keep-app': Ask<OfWorkspace & Readonly<{ appId: AppId }>, Nothing>;
  'scheduler.publish-app': Ask<PublishApp, AppPublished>;
  'scheduler.redeploy-app': Ask<RedeployApp, AppPublished>;
  'scheduler.list-versions': Ask<
    OfWorkspace & Readonly<{ appId: AppId }>,
    Readonly<{ /** The newest first. */ versions: readonly AppVersionView[] }>
  >;
  'scheduler.tag-app': Ask<
    OfWorkspace & Readonly<{ appId: AppId; tags: Readonly<Record<string, string>> }>,
    Nothing
  >;
  /** The client is gone: an ephemeral app ends, and one whose first deployment was never finished. */
  'scheduler.disconnect-app': Ask<OfWorkspace & Readonly<{ appId: AppId; reason: string }>, Nothing>;
  'scheduler.stop-app': Ask<
    OfWorkspace & Readonly<{ appId: AppId; reason: string; stoppedBy?: string }>,
    Nothing
  >;
  'scheduler.find-app': Ask<
    OfWorkspace & Readonly<{ environment: string; name: string }>,
    Readonly<{
      app?: AppView;
      /** Where no app has the name: the one that had it and was stopped last. */ stopped?: AppView;
    }>
  >;
  'scheduler.get-app': Ask<OfWorkspace & Readonly<{ appId: AppId }>, AppView>;
  /** All that have not stopped, and those that stopped within a day, as many as a message holds. */
  'scheduler.list-apps': Ask<
    OfWorkspace & Readonly<{ environment?: string }>,
    Readonly<{ apps: readonly AppView[] }>
  >;
  'scheduler.create-function': Ask<CreateFunction, Nothing>;
  'scheduler.bind-function': Ask<BindFunction, FunctionView>;
  'scheduler.get-function': Ask<OfWorkspace & Readonly<{ functionId: FunctionId }>, FunctionView>;
  'scheduler.find-function': Ask<
    OfWorkspace & Readonly<{ environment: string; appName: string; tag: string; version?: number }>,
    FunctionView
  >;
  'scheduler.find-class': Ask<
    OfWorkspace & Readonly<{ environment: string; appName: string; tag: string; version?: number }>,
    ClassView
  >;
  /**
   * What the app serves, or what one version of it has, or the functions of `definitionIds`, each by the definition named there,
   * published or not ('': its newest). Before the first version: what was defined.
   */
  'scheduler.list-functions': Ask<
    OfWorkspace &
      Readonly<{
        appId: AppId;
        version?: number;
        definitionIds?: Readonly<Record<FunctionId, DefinitionId>>;
      }>,
    Readonly<{ functions: readonly FunctionView[]; classes: readonly ClassView[] }>
  >;
  'scheduler.scale-function': Ask<
    OfWorkspace &
      Readonly<{
        functionId: FunctionId;
        settings: Partial<AutoscalerSettings>;
        byId: string;
        byName: string;
      }>,
    AutoscalerSettings
  >;
  'scheduler.function-stats': Ask<OfWorkspace & Readonly<{ functionId: FunctionId }>, FunctionStats>;
  /**
   * Schedules of deployed apps in these environments (in all, where none is said), with their last runs, as many as one message holds;
   * of one app those that ended too, while it is listed.
   */
  'scheduler.list-schedules': Ask<
    OfWorkspace & Readonly<{ appId?: AppId; environments?: EnvironmentChoice }>,
    Readonly<{ schedules: readonly ScheduleView[] }>
  >;
  'scheduler.create-call': Ask<CreateCall, CallCreated>;
  'scheduler.put-inputs': Ask<PutInputs, Nothing>;
  'scheduler.finish-inputs': Ask<FinishInputs, Nothing>;
  'scheduler.retry-inputs': Ask<RetryInputs, Nothing>;
  'scheduler.await-outputs': Ask<AwaitOutputs, OutputsReady>;
  'scheduler.get-call': Ask<OfWorkspace & Readonly<{ callId: CallId }>, CallView>;
  'scheduler.cancel-call': Ask<CancelCall, Nothing>;
  'scheduler.call-graph': Ask<OfWorkspace & Readonly<{ callId: CallId }>, CallGraph>;
  'scheduler.get-task': Ask<OfWorkspace & Readonly<{ taskId: TaskId }>, TaskView>;
  /** The containers that are there now, of one app or environment too; the newest, if a message does not hold all. */
  'scheduler.list-tasks': Ask<
    OfWorkspace & Readonly<{ appId?: AppId; environment?: string }>,
    Readonly<{ tasks: readonly TaskView[] }>
  >;
  /** A long poll: a ready container of the function that was called, once there is one, or until no input of the call is unfinished. */
  'scheduler.await-task': Ask<
    OfWorkspace & Readonly<{ callId: CallId; waitMs: number }>,
    Readonly<{ taskId?: TaskId; unfinishedInputs: number }>
  >;
  /** Refused with `drain` for a sandbox, which has no inputs to finish. */
  'scheduler.stop-task': Ask<OfWorkspace & Readonly<{ taskId: TaskId; how: 'drain' | 'graceful' }>, Nothing>;
  /** By their ids, those after one where it is named; without a limit all of them. On the last page nothing names the next one. */
  'scheduler.list-workers': Ask<
    Readonly<{ afterWorkerId?: WorkerId; limit?: number }>,
    Readonly<{ workers: readonly WorkerView[]; nextAfterWorkerId?: WorkerId }>
  >;
  /** The host of a worker is to go; asked as often as one likes, the answer says what is left on it. */
  'scheduler.drain-worker': Ask<DrainWorker, WorkerView>;
  /** Takes a drain back: the worker gets containers again. */
  'scheduler.keep-worker': Ask<Readonly<{ workerId: WorkerId }>, WorkerView>;
  'scheduler.sync-worker': Ask<SyncWorker, WorkerPlan>;
  'scheduler.take-inputs': Ask<TakeInputs, InputsTaken>;
  'scheduler.put-outputs': Ask<PutOutputs, Readonly<{ next: readonly TakenInput[] }>>;
  /** A long poll: the layer that a builder function's container left, once that container has ended. */
  'scheduler.get-captured-layer': Ask<
    OfWorkspace & Readonly<{ callId: CallId; waitMs: number }>,
    Readonly<{ ended: boolean; layer?: LayerRef; reason?: ExitReason; message?: string }>
  >;
  'scheduler.report-task': Ask<ReportTask, Nothing>;
  /** The capacity plan in force; an older one than it follows is let go by. */
  'scheduler.follow-plan': Ask<FollowPlan, Nothing>;
  /** Folding the facts that follow the answer, or some before it as well, keeps it true. `after`: what an answer left out. */
  'scheduler.list-demand': Ask<Readonly<{ after?: TaskId }>, DemandNow>;
  /** Those of apps and calls that have ended, or never were. */
  'scheduler.list-ended': Ask<
    Readonly<{ ids: readonly (AppId | CallId)[] }>,
    Readonly<{ ended: readonly (AppId | CallId)[] }>
  >;
  /** Those of the blobs that are arguments of an input which has not finished. */
  'scheduler.list-arguments': Ask<
    Readonly<{ blobIds: readonly BlobId[] }>,
    Readonly<{ blobIds: readonly BlobId[] }>
  >;
  /** A long poll: the containers that take a function's web requests; its demand counts as load. */
  'scheduler.await-web-tasks': Ask<OfWorkspace & AwaitWebTasks, WebTasks>;
}
