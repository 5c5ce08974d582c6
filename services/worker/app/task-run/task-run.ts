import { basename, join } from 'node:path';
import type { ImageId, InputId, Outcome, TaskAssignment, TaskPhase, TaskStop } from '@slipway/contracts';
import {
  ARGUMENTS_FILE,
  containerLimits,
  type AskedEnd,
  type BoundPath,
  type ContainerLimits,
} from '@slipway/worker-core';
import { captureOutput } from '../container-logs/capture-output.js';
import { ContainerSession } from '../control-socket/container-session.js';
import { layRoot, usageSources, type IsolatedContainer } from '../isolated-container/isolated-container.js';
import { ContainerExecs } from '../exec/container-execs.js';
import type { RunningContainer } from '../runtime/container-runtime.js';
import { killUntilEnded } from '../runtime/kill-until-ended.js';
import { linkVolumes } from '../volumes/link-volumes.js';
import type { ContainerMeter } from '../usage/container-meter.js';
import type { WorkerHost } from '../worker-host.js';
import type { Parts } from './gather-parts.js';
import { endOfFailedStart, endOfProgram, type End } from './how-it-ended.js';
import { launchProgram } from './launch-program.js';
import { lowerFolders } from './lower-folders.js';
import { offersWeb, WebTask } from '../web/web-task.js';
import { SandboxRun } from './sandbox-run.js';
import { reportTask, reporterOf } from './report-task.js';
import { reportTimeouts } from './report-timeouts.js';
import { failingAs, StartFailedError } from './start-failures.js';
import { StopContainer, webGrace } from './stop-container.js';
import { Stopwatch } from './stopwatch.js';
import { TaskGround } from './task-ground.js';
import { TaskVoice } from './task-voice.js';
import { writeArguments } from './write-arguments.js';

/** One task's life on this worker, from its assignment to its report. */
export class TaskRun {
  phase: TaskPhase = 'preparing';
  stopping: TaskStop | undefined;
  /** Settles when the scheduler knows of the end and nothing of the container is left. */
  readonly done: Promise<void>;
  private readonly watch = new Stopwatch();
  private readonly session: ContainerSession;
  private readonly voice: TaskVoice;
  readonly web: WebTask | undefined;
  private readonly ending: StopContainer;
  private readonly meter: ContainerMeter;
  private readonly limits: ContainerLimits;
  private startupTimer: NodeJS.Timeout | undefined;
  private asked: AskedEnd = { kind: 'none' };
  /** Programs that were started beside the container's own; undefined before that one was. */
  execs: ContainerExecs | undefined;
  private running: RunningContainer | undefined;
  private killing: Promise<void> | undefined;
  private readyParts: Parts | undefined;
  private initFailure: Outcome | undefined;
  private outputs: readonly Promise<void>[] = [];

  constructor(
    private readonly host: WorkerHost,
    readonly task: TaskAssignment,
    private readonly onReady: (parts: Parts) => void,
  ) {
    this.limits = containerLimits(task.resources, host.machine);
    this.voice = new TaskVoice(host, task, () => this.web?.onlyRequest ?? this.session.onlyInput);
    this.meter = host.usage.open(task);
    this.session = new ContainerSession(task, {
      onHello: () => this.watch.mark('connected'),
      onReady: () => this.becomeReady(),
      onInitFailure: (outcome) => (this.initFailure = outcome),
      onLeaving: () => this.ending.leave(),
      onHeld: (inputs) => this.meter.holdInputs(inputs),
      onOverdue: (late) => {
        this.asked = { kind: 'input-timeout', limitMs: task.inputTimeoutMs };
        void reportTimeouts(host, this.session, late).finally(() => this.kill());
      },
    });
    this.ending = new StopContainer(task, this.session, {
      terminate: () => void host.runtime.kill(task.taskId, 'SIGTERM', 'first-process'),
      interrupt: () => {
        this.session.interrupt();
        void host.runtime.kill(task.taskId, 'SIGINT', 'first-process');
      },
      kill: () => {
        if (this.asked.kind === 'none') this.asked = { kind: 'stop', reason: 'stopped' };
        this.kill();
      },
      say: (data) => this.voice.inform(data),
    });
    this.web = offersWeb(task) ? this.openWeb() : undefined;
    this.voice.tellState('assigned');
    this.done = this.live();
  }

  get imageId(): ImageId {
    return this.task.imageId;
  }

  cancel(inputIds: readonly InputId[]): void {
    if (this.task.purpose === 'sandbox') return this.stop({ how: 'kill', reason: 'cancelled' });
    this.session.cancel(inputIds);
  }

  stop(stop: TaskStop): void {
    const { how, reason } = stop;
    // Before user code is ready there is nothing that could end in order: an interrupted import is only noise.
    const atOnce = how === 'kill' || this.session.reached === 'starting';
    // What one that finishes its inputs does meanwhile is its own doing.
    if ((atOnce || how !== 'drain') && this.asked.kind === 'none') this.asked = { kind: 'stop', reason };
    this.stopping = stop;
    this.phase = 'stopping';
    this.meter.beginStop();
    if (how !== 'drain') this.session.interrupt();
    if (atOnce) {
      this.session.takeNoMore();
      return this.kill();
    }
    if (this.web === undefined) return this.end(stop);
    void this.web.drain(webGrace(stop)).then(() => this.end(stop));
  }

  /** Tells a container with nothing left to do, or whose time is over, to go. */
  private end(stop: TaskStop): void {
    this.session.takeNoMore();
    if (this.web?.isServer) this.ending.endServer();
    else this.ending.stop(stop);
  }

  /** One that has finished what it had ended as it was told, whatever its exit hooks came to. */
  private get askedAtEnd(): AskedEnd {
    const { stopping, asked } = this;
    if (asked.kind !== 'none' || stopping === undefined || this.session.inputIds.length > 0) return asked;
    return { kind: 'stop', reason: stopping.reason };
  }

  private openWeb(): WebTask {
    const web = new WebTask(this.task, {
      onReady: () => this.session.ready(),
      cancelInput: (inputId) => this.session.cancel([inputId]),
      onActive: (count) => this.meter.holdWebRequests(count),
      onStuck: () => {
        this.asked = { kind: 'input-timeout', limitMs: this.task.inputTimeoutMs };
        this.kill();
      },
    });
    this.host.webTasks.set(this.task.taskId, web);
    return web;
  }

  private kill(): void {
    if (this.running === undefined) return;
    this.killing ??= killUntilEnded(this.host.runtime, this.task.taskId, this.running.exited);
  }

  private async live(): Promise<void> {
    const ground = new TaskGround(this.host, this.task, {
      session: this.session,
      limits: this.limits,
      watch: this.watch,
      ...(this.web !== undefined && { web: this.web }),
      volumeEvents: {
        onLost: (why) => this.loseVolume(why),
        tell: (message) => void this.voice.hear('stderr', `${message}\n`),
      },
    });
    let end: End;
    try {
      this.voice.tellState('loading-image');
      const { container, parts, volumes } = await ground.lay();
      end = await this.runIn(container, parts, { controlFolder: ground.controlFolder, volumes });
    } catch (error) {
      end = endOfFailedStart(this.host, this.task, error);
    }
    const counted = this.host.usage.close(this.meter, end.reason);
    this.session.close();
    this.web?.close();
    this.host.webTasks.delete(this.task.taskId);
    clearTimeout(this.startupTimer);
    this.ending.close();
    for (const lost of await ground.unmountVolumes()) void this.voice.hear('stderr', `${lost}\n`);
    await this.voice.complete();
    // The slot is free once the scheduler knows: by then what was used must be safe.
    await Promise.all([counted, ground.clear()]);
    await reportTask(this.host, { ...reporterOf(this.host, this.task), phase: 'ended', ...end });
  }

  private async runIn(
    prepared: Omit<IsolatedContainer, 'root'>,
    parts: Parts,
    { controlFolder, volumes }: Readonly<{ controlFolder: string; volumes: readonly BoundPath[] }>,
  ): Promise<End> {
    this.throwIfStopped();
    const [container] = await Promise.all([
      layRoot(prepared, lowerFolders(this.host, parts)),
      writeArguments(join(controlFolder, basename(ARGUMENTS_FILE)), this.task, parts, this.host.runtime.name),
    ]);
    await linkVolumes(container.root, this.task.volumes).catch(failingAs('init-failure', 'volumes'));
    this.watch.mark('rootfs');
    this.throwIfStopped();
    this.web?.reachPort(container.network.address);
    this.phase = 'starting';
    this.voice.tellState('starting');
    this.readyParts = parts;
    const running = await launchProgram(this.host, container, this.task, parts, {
      limits: this.limits,
      controlFolder,
      volumes,
    });
    this.running = running;
    const { id, folder } = container;
    this.meter.start(usageSources(this.host, container));
    this.execs = new ContainerExecs(this.host.runtime, { id, folder, process: running.process });
    this.watch.mark('runtime-start');
    if (this.asked.kind !== 'none') this.kill();
    this.startupTimer = setTimeout(() => this.startupIsOver(), this.task.startupTimeoutMs);
    this.outputs = (['stdout', 'stderr'] as const).map((stream) =>
      captureOutput(running[stream], (data) => this.voice.hear(stream, data)),
    );
    // Nobody in the container says when the server is started: its port tells.
    if (this.task.web?.startedBy === 'image') void this.web?.awaitServer(this.session.exitWanted);
    const sandbox = this.task.purpose === 'sandbox' ? new SandboxRun(this.host, this.session) : undefined;
    const exitCode = await running.exited;
    this.meter.stop();
    await Promise.all(this.outputs);
    if (this.asked.kind === 'none') await sandbox?.finish(exitCode);
    return endOfProgram(this.host, this.task, container, {
      exitCode,
      limits: this.limits,
      asked: this.askedAtEnd,
      reached: this.session.reached,
      holdsCancelled: this.session.holdsCancelled,
      lastWords: this.voice.lastWords,
      ...(this.initFailure !== undefined && { initFailure: this.initFailure }),
    });
  }

  private becomeReady(): void {
    this.watch.mark('import');
    this.web?.open();
    this.meter.becomeReady();
    if (this.phase === 'starting') this.phase = 'ready';
    this.voice.tellState('active');
    void reportTask(this.host, {
      ...reporterOf(this.host, this.task),
      phase: 'ready',
      phases: this.watch.phases,
    });
    if (this.readyParts !== undefined) this.onReady(this.readyParts);
  }

  /** Nothing that it still writes could be kept: its inputs run again elsewhere. */
  private loseVolume(why: Error): void {
    if (this.asked.kind === 'none') this.asked = { kind: 'stop', reason: 'platform-error' };
    void this.voice.hear('stderr', `${why.message}\n`);
    this.kill();
  }

  private startupIsOver(): void {
    if (this.session.reached === 'ready' || this.asked.kind !== 'none') return;
    this.asked = { kind: 'startup-timeout', limitMs: this.task.startupTimeoutMs };
    this.kill();
  }

  private throwIfStopped(): void {
    if (this.asked.kind === 'stop')
      throw new StartFailedError(this.asked.reason, 'stopped before it started');
  }
}
