import type { InputId } from '@slipway/contracts';
import { BusUnavailableError } from '@slipway/messaging';
import type { ContainerSession } from '../control-socket/container-session.js';
import type { WorkerHost } from '../worker-host.js';

const WAIT_MS = 50_000;

/** A sandbox's program is the run of its one input: the worker takes it when the program runs, and its output is the exit code. */
export class SandboxRun {
  private readonly over = new AbortController();
  private readonly taken: Promise<Readonly<{ inputId: InputId; retryCount: number }> | undefined>;

  constructor(
    private readonly host: WorkerHost,
    private readonly session: ContainerSession,
  ) {
    this.taken = this.take();
  }

  /** Says how the program ended, unless its input has an end already. */
  async finish(exitCode: number): Promise<void> {
    this.over.abort();
    const input = await this.taken;
    if (input === undefined || !this.session.inputIds.includes(input.inputId)) return;
    const startedAt = this.session.inputs.startedAt(input.inputId);
    await this.session.inputs.settleWhile([input.inputId], () =>
      this.host.bus.persist('scheduler.put-outputs', {
        taskId: this.session.assignment.taskId,
        workerId: this.host.config.workerId,
        outputs: [
          {
            ...input,
            ...(startedAt !== undefined && { startedAt }),
            outcome: {
              kind: 'success',
              payload: { inline: Buffer.from(String(exitCode)).toString('base64') },
            },
          },
        ],
      }),
    );
  }

  private async take(): Promise<Readonly<{ inputId: InputId; retryCount: number }> | undefined> {
    const { bus, bootId, config } = this.host;
    await this.host.runtime.untilRunning(this.session.assignment.taskId, this.over.signal);
    this.session.ready();
    const ask = { taskId: this.session.assignment.taskId, workerId: config.workerId, bootId, holding: [] };
    while (!this.session.exitWanted.aborted) {
      try {
        const { inputs, exit } = await bus.park(
          'scheduler.take-inputs',
          { ...ask, maxInputs: 1, lingerMs: 0, waitMs: WAIT_MS },
          { untilMs: Date.now() + WAIT_MS },
        );
        this.session.inputs.take(inputs, Date.now());
        const [input] = inputs;
        if (input !== undefined) return { inputId: input.inputId, retryCount: input.retryCount };
        if (exit) return undefined;
      } catch (error) {
        if (!(error instanceof BusUnavailableError)) throw error;
      }
    }
    return undefined;
  }
}
