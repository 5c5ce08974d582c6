import { basename, join } from 'node:path';
import type { InputId, Outcome, TaskAssignment, TaskPhase, TaskStop } from '@slipway/contracts';
import {
  ARGUMENTS_FILE,
  containerLimits,
  functionEntrypoint,
  type BoundPath,
  type ContainerLimits,
} from '@slipway/worker-core';
import { captureOutput } from '../container-logs/capture-output.js';
import { ContainerSession } from '../control-socket/container-session.js';
import { layRoot, usageSources, type IsolatedContainer } from '../isolated-container/isolated-container.js';
import { ContainerExecs } from '../exec/container-execs.js';
import type { ContainerMeter } from '../usage/container-meter.js';
import type { WorkerHost } from '../worker-host.js';
import type { Parts } from './gather-parts.js';
import { endOfFailedStart, endOfProgram, type End } from './how-it-ended.js';
import { launchProgram } from './launch-program.js';
import { lowerFolders } from './lower-folders.js';
import { linkMounts } from './mount-volumes.js';
import { offersWeb, WebTask } from '../web/web-task.js';
import { SandboxRun } from './sandbox-run.js';
import { reportTask, reporterOf } from './report-task.js';
import { reportTimeouts } from './report-timeouts.js';
import { Stopwatch } from './stopwatch.js';
import { TaskEnding } from './task-ending.js';
import { TaskGround } from './task-ground.js';
import { TaskVoice } from './task-voice.js';
import { writeArguments } from './write-arguments.js';

/** One task's life on this worker, from its assignment to its report. */
export class TaskRun {
  phase: TaskPhase = 'preparing';
  /** Settles when the scheduler knows of the end and nothing of the container is left. */
  readonly done: Promise<void>;
  private readonly watch = new Stopwatch();
  private readonly session: ContainerSession;
  private readonly voice: TaskVoice;
  readonly web: WebTask | undefined;
  private readonly ending: TaskEnding;
  private readonly meter: ContainerMeter;
  private readonly limits: ContainerLimits;
  /** Programs that were started beside the container's own; undefined before that one was. */
  execs: ContainerExecs | undefined;
  private readyParts: Parts | undefined;
  private initFailure: Outcome | undefined;
  private outputs: readonly Promise<void>[] = [];

  constructor(
    private readonly host: WorkerHost,
    readonly task: TaskAssignment,
    private readonly onReady: (parts: Parts) => void,
  ) {
    this.limits = containerLimits(task.resources, host.machine);
    this.voice = new TaskVoice(host, task, () => this.web?.onlyRequest ?? this.session.inputs.only);
    this.meter = host.usage.open(task);
    this.session = new ContainerSession(task, {
      onHello: () => this.watch.mark('connected'),
      onReady: () => this.becomeReady(),
      onInitFailure: (outcome) => (this.initFailure = outcome),
      onLeaving: () => this.ending.leave(),
      onHeld: (inputs) => this.meter.holdInputs(inputs),
      onOverdue: (late) => {
        this.ending.inputTimedOut();
        void reportTimeouts(host, this.session, late).finally(() => this.ending.kill());
      },
    });
    this.ending = new TaskEnding({
      ...{ task, session: this.session, runtime: host.runtime },
      web: () => this.web,
      say: (text) => this.voice.inform(text),
    });
    this.web = offersWeb(task) ? this.openWeb() : undefined;
    this.voice.tellState('assigned');
    this.done = this.live();
  }

  get stopping(): TaskStop | undefined {
    return this.ending.stopping;
  }

  cancel(inputIds: readonly InputId[]): void {
    if (this.task.purpose === 'sandbox') return this.stop({ how: 'kill', reason: 'cancelled' });
    this.session.cancel(inputIds);
  }

  stop(stop: TaskStop): void {
    this.phase = 'stopping';
    this.meter.beginStop();
    this.ending.stop(stop);
  }

  private openWeb(): WebTask {
    const web = new WebTask(this.task, {
      onReady: () => this.session.ready(),
      cancelInput: (inputId) => this.session.cancel([inputId]),
      onActive: (count) => this.meter.holdWebRequests(count),
      onStuck: () => {
        this.ending.inputTimedOut();
        this.ending.kill();
      },
    });
    this.host.webTasks.set(this.task.taskId, web);
    return web;
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
    this.ending.throwIfStopped();
    const [container] = await Promise.all([
      layRoot(prepared, lowerFolders(this.host, parts)),
      writeArguments(join(controlFolder, basename(ARGUMENTS_FILE)), this.task, parts, this.host.runtime.name),
    ]);
    await linkMounts(container.root, this.task);
    this.watch.mark('rootfs');
    this.ending.throwIfStopped();
    this.web?.reachPort(container.network.address);
    this.phase = 'starting';
    this.voice.tellState('starting');
    this.readyParts = parts;
    const running = await launchProgram(this.host, container, this.task, parts, {
      limits: this.limits,
      controlFolder,
      volumes,
    });
    const { id, folder } = container;
    this.meter.start(usageSources(this.host, container));
    this.execs = new ContainerExecs(this.host.runtime, { id, folder, process: running.process });
    this.watch.mark('runtime-start');
    this.ending.began(running);
    this.outputs = (['stdout', 'stderr'] as const).map((stream) =>
      captureOutput(running[stream], (data) => this.voice.hear(stream, data)),
    );
    // Nobody in the container says when the server is started: its port tells.
    if (this.task.web?.startedBy === 'image') void this.web?.awaitServer(this.session.exitWanted);
    const sandbox = this.task.purpose === 'sandbox' ? new SandboxRun(this.host, this.session) : undefined;
    const exitCode = await running.exited;
    this.meter.stop();
    await Promise.all(this.outputs);
    if (!this.ending.isAsked) await sandbox?.finish(exitCode);
    return endOfProgram(this.host, this.task, container, {
      exitCode,
      limits: this.limits,
      asked: this.ending.askedAtEnd,
      reached: this.session.reached,
      holdsCancelled: this.session.inputs.someCancelled,
      lastWords: this.voice.lastWords,
      ...(this.session.isSilent && {
        silentEntrypoint: functionEntrypoint(this.task, parts.manifest.config),
      }),
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
    void this.voice.hear('stderr', `${why.message}\n`);
    this.ending.killBecause({ kind: 'stop', reason: 'platform-error' });
  }
}
