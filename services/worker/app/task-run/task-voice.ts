import type { CallId, InputId, LogEntry, TaskAssignment } from '@slipway/contracts';
import { BoundedOutput } from '../container-logs/bounded-output.js';
import { LogPublisher } from '../container-logs/log-publisher.js';
import type { WorkerHost } from '../worker-host.js';

const LAST_WORDS_CHARACTERS = 2_000;

type TaskState = Extract<LogEntry, { kind: 'task-state' }>['state'];
type Speaker = Readonly<{ inputId: InputId; callId: CallId }>;

/** What a task and its container say, on its way into the logs; the last words are kept for who asks why it ended. */
export class TaskVoice {
  private readonly logs: LogPublisher;
  private readonly output: BoundedOutput;
  private heardLast = '';

  constructor(
    { bus, config }: Pick<WorkerHost, 'bus' | 'config'>,
    task: TaskAssignment,
    /** The input that speaks, where there is only one. */
    private readonly speaker: () => Speaker | undefined,
  ) {
    this.logs = new LogPublisher(bus, task);
    this.output = new BoundedOutput(config.logRate, (output) => this.logs.add(output));
  }

  get lastWords(): string {
    return this.heardLast.trim();
  }

  tellState(state: TaskState): void {
    void this.logs.add({ kind: 'task-state', at: Date.now(), state });
  }

  /** A word of the platform's own. */
  inform(data: string): void {
    void this.logs.add({ kind: 'output', at: Date.now(), stream: 'info', data });
  }

  /** Undefined while there is room for more; else what to wait for before more is heard. */
  hear(stream: 'stdout' | 'stderr', data: string): Promise<void> | undefined {
    if (stream === 'stderr') this.heardLast = (this.heardLast + data).slice(-LAST_WORDS_CHARACTERS);
    return this.output.add({ kind: 'output', at: Date.now(), stream, data, ...this.speaker() });
  }

  /** Nothing more is said; settles when all that was is in the stream of logs. */
  complete(): Promise<void> {
    this.output.endGap();
    this.tellState('completed');
    return this.logs.flush();
  }
}
