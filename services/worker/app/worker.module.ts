import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import {
  BUS,
  CONFIG,
  LOGGER,
  OBJECTS,
  READINESS,
  TRANSPORT,
  type ObjectClient,
  type Readiness,
} from '@slipway/nest-kit';
import type { Bus, NatsStrategy } from '@slipway/messaging';
import type { Logger } from '@slipway/telemetry';
import { BuildStepController } from './build-steps/build-step.controller.js';
import { BuildSteps } from './build-steps/build-steps.js';
import { serveCommandRouter, type CommandRouter } from './command-router/serve-command-router.js';
import { cleanCaches } from './caches/clean-caches.js';
import type { WorkerConfig } from './config.js';
import { openWorkerHost, type OpenedHost } from './open-worker-host.js';
import { standDown } from './sync-worker/stand-down.js';
import { SyncLoop } from './sync-worker/sync-worker.js';
import { TaskRuns } from './task-run/task-runs.js';
import { BUILD_STEPS, COMMAND_ROUTER, OPENED_HOST, SYNC_LOOP, TASK_RUNS } from './tokens.js';

const SHUTDOWN_GRACE_MS = 5_000;

@Module({
  controllers: [BuildStepController],
  providers: [
    {
      provide: OPENED_HOST,
      inject: [CONFIG, BUS, OBJECTS, LOGGER],
      useFactory: (config: WorkerConfig, bus: Bus, objects: ObjectClient, logger: Logger) =>
        openWorkerHost(config, bus, objects, logger),
    },
    { provide: TASK_RUNS, inject: [OPENED_HOST], useFactory: ({ host }: OpenedHost) => new TaskRuns(host) },
    {
      provide: BUILD_STEPS,
      inject: [OPENED_HOST],
      useFactory: ({ host }: OpenedHost) => new BuildSteps(host),
    },
    {
      provide: COMMAND_ROUTER,
      inject: [OPENED_HOST, TASK_RUNS],
      useFactory: ({ host }: OpenedHost, tasks: TaskRuns) => serveCommandRouter(host, tasks),
    },
    {
      provide: SYNC_LOOP,
      inject: [OPENED_HOST, TASK_RUNS, COMMAND_ROUTER, BUILD_STEPS, TRANSPORT, READINESS],
      useFactory: (
        { host }: OpenedHost,
        tasks: TaskRuns,
        router: CommandRouter,
        buildSteps: BuildSteps,
        transport: NatsStrategy,
        readiness: Readiness,
      ) =>
        new SyncLoop(host, tasks, router.address, (refusal) => {
          void standDown({ transport, buildSteps, readiness, logger: host.logger }, refusal);
        }),
    },
  ],
})
export class WorkerModule implements OnApplicationShutdown {
  private readonly cleaning: NodeJS.Timeout;

  constructor(
    @Inject(OPENED_HOST) private readonly opened: OpenedHost,
    @Inject(TASK_RUNS) private readonly tasks: TaskRuns,
    @Inject(SYNC_LOOP) private readonly sync: SyncLoop,
    @Inject(BUILD_STEPS) private readonly buildSteps: BuildSteps,
    @Inject(COMMAND_ROUTER) private readonly router: CommandRouter,
  ) {
    this.cleaning = cleanCaches(opened.host);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.cleaning);
    this.sync.drain();
    await Promise.all([this.tasks.stopAll(SHUTDOWN_GRACE_MS), this.buildSteps.stopAll()]);
    await this.sync.close();
    this.router.close();
    await this.opened.close();
  }
}
