import type {
  AppPublished,
  AppView,
  BindFunction,
  ClassView,
  CreateApp,
  CreateClass,
  CreateFunction,
  FunctionStats,
  FunctionView,
  PublishApp,
} from './apps.js';
import type { BlobDownload, BlobUpload, CreateBlob, CreateMount, MountView } from './blobs.js';
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
} from './calls.js';
import type { AutoscalerSettings } from './function-spec.js';
import type {
  AppId,
  BlobId,
  CallId,
  Digest,
  FunctionId,
  ImageId,
  MountId,
  SecretId,
  TaskId,
  WorkspaceId,
} from './ids.js';
import type {
  AwaitBuildStep,
  AwaitImage,
  BuildStep,
  BuildStepClaimed,
  BuildStepProgress,
  DefineImage,
  ImageDefined,
  ImageManifest,
  ImageProgress,
  LayerRef,
} from './images.js';
import type {
  InputsTaken,
  PutOutputs,
  ReportTask,
  SyncWorker,
  TakeInputs,
  TakenInput,
  TaskView,
  WorkerPlan,
} from './tasks.js';

type Ask<Question, Answer> = { ask: Question; answer: Answer };
type Nothing = Readonly<Record<string, never>>;
type OfWorkspace = Readonly<{ workspaceId: WorkspaceId }>;

/** Every request that crosses a service: its name (`<service>.<verb-noun>`, the subject on the bus), what is asked and what is answered. */
export interface Requests {
  'scheduler.create-app': Ask<CreateApp, Nothing>;
  'scheduler.heartbeat-app': Ask<OfWorkspace & Readonly<{ appId: AppId }>, Nothing>;
  'scheduler.publish-app': Ask<PublishApp, AppPublished>;
  'scheduler.disconnect-app': Ask<OfWorkspace & Readonly<{ appId: AppId; reason: string }>, Nothing>;
  'scheduler.stop-app': Ask<OfWorkspace & Readonly<{ appId: AppId; reason: string }>, Nothing>;
  'scheduler.find-app': Ask<
    OfWorkspace & Readonly<{ environment: string; name: string }>,
    Readonly<{ app?: AppView }>
  >;
  'scheduler.get-app': Ask<OfWorkspace & Readonly<{ appId: AppId }>, AppView>;
  'scheduler.list-apps': Ask<
    OfWorkspace & Readonly<{ environment?: string }>,
    Readonly<{ apps: readonly AppView[] }>
  >;
  'scheduler.create-function': Ask<CreateFunction, Nothing>;
  'scheduler.bind-function': Ask<BindFunction, FunctionView>;
  'scheduler.create-class': Ask<CreateClass, Nothing>;
  'scheduler.get-function': Ask<OfWorkspace & Readonly<{ functionId: FunctionId }>, FunctionView>;
  'scheduler.find-function': Ask<
    OfWorkspace & Readonly<{ environment: string; appName: string; tag: string }>,
    FunctionView
  >;
  'scheduler.find-class': Ask<
    OfWorkspace & Readonly<{ environment: string; appName: string; tag: string }>,
    ClassView
  >;
  'scheduler.list-functions': Ask<
    OfWorkspace & Readonly<{ appId: AppId }>,
    Readonly<{ functions: readonly FunctionView[]; classes: readonly ClassView[] }>
  >;
  'scheduler.scale-function': Ask<
    OfWorkspace & Readonly<{ functionId: FunctionId; settings: Partial<AutoscalerSettings> }>,
    AutoscalerSettings
  >;
  'scheduler.function-stats': Ask<OfWorkspace & Readonly<{ functionId: FunctionId }>, FunctionStats>;
  'scheduler.create-call': Ask<CreateCall, CallCreated>;
  'scheduler.put-inputs': Ask<PutInputs, Nothing>;
  'scheduler.finish-inputs': Ask<FinishInputs, Nothing>;
  'scheduler.retry-inputs': Ask<RetryInputs, Nothing>;
  'scheduler.await-outputs': Ask<AwaitOutputs, OutputsReady>;
  'scheduler.get-call': Ask<OfWorkspace & Readonly<{ callId: CallId }>, CallView>;
  'scheduler.cancel-call': Ask<CancelCall, Nothing>;
  'scheduler.call-graph': Ask<OfWorkspace & Readonly<{ callId: CallId }>, CallGraph>;
  'scheduler.list-tasks': Ask<
    OfWorkspace & Readonly<{ appId?: AppId }>,
    Readonly<{ tasks: readonly TaskView[] }>
  >;
  'scheduler.stop-task': Ask<OfWorkspace & Readonly<{ taskId: TaskId; how: 'graceful' | 'kill' }>, Nothing>;
  'scheduler.sync-worker': Ask<SyncWorker, WorkerPlan>;
  'scheduler.take-inputs': Ask<TakeInputs, InputsTaken>;
  'scheduler.put-outputs': Ask<PutOutputs, Readonly<{ next: readonly TakenInput[] }>>;
  /** A long poll: the layer that a builder function's container left, once that container has ended. */
  'scheduler.get-captured-layer': Ask<
    OfWorkspace & Readonly<{ callId: CallId; waitMs: number }>,
    Readonly<{ ended: boolean; layer?: LayerRef; message?: string }>
  >;
  'scheduler.report-task': Ask<ReportTask, Nothing>;

  'image-builder.define-image': Ask<DefineImage, ImageDefined>;
  'image-builder.await-image': Ask<AwaitImage, ImageProgress>;
  'image-builder.get-manifest': Ask<Readonly<{ imageId: ImageId }>, ImageManifest>;
  /** A runtime mount by the name that clients use (the client package, its dependencies, a standalone Python); made on first use. */
  'image-builder.get-runtime-mount': Ask<
    Readonly<{ name: string }>,
    Readonly<{ mountId: MountId; checksum: string }>
  >;

  'blob-store.find-missing': Ask<
    Readonly<{ digests: readonly Digest[] }>,
    Readonly<{ missing: readonly Digest[] }>
  >;
  'blob-store.create-mount': Ask<CreateMount, Readonly<{ mountId: MountId; checksum: string }>>;
  'blob-store.get-mount': Ask<Readonly<{ mountId: MountId }>, MountView>;
  'blob-store.find-mount': Ask<
    OfWorkspace & Readonly<{ name: string }>,
    Readonly<{ mount?: Readonly<{ mountId: MountId; checksum: string }> }>
  >;
  'blob-store.create-blob': Ask<CreateBlob, BlobUpload>;
  'blob-store.get-blob': Ask<OfWorkspace & Readonly<{ blobId: BlobId }>, BlobDownload>;
  /** What an uploaded blob's bytes hash to: turns a blob into a file of a mount. */
  'blob-store.digest-of-blob': Ask<
    OfWorkspace & Readonly<{ blobId: BlobId }>,
    Readonly<{ digest: Digest; sizeBytes: number }>
  >;

  /** The environment that the secrets make, later ids winning. */
  'gateway.open-secrets': Ask<
    OfWorkspace & Readonly<{ secretIds: readonly SecretId[] }>,
    Readonly<{ env: Readonly<Record<string, string>> }>
  >;
  /** The app's layout as the client's wire protocol encodes it, base64. */
  'gateway.get-app-layout': Ask<OfWorkspace & Readonly<{ appId: AppId }>, Readonly<{ layoutBase64: string }>>;

  /** Any worker may take it. */
  'worker.claim-build-step': Ask<BuildStep, BuildStepClaimed>;
  /** Asked of one worker: `worker.await-build-step.<workerId>`. */
  'worker.await-build-step': Ask<AwaitBuildStep, BuildStepProgress>;
}

export type RequestName = keyof Requests;
export type AskOf<Name extends RequestName> = Requests[Name]['ask'];
export type AnswerOf<Name extends RequestName> = Requests[Name]['answer'];
