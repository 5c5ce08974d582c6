import { Client, credentials } from '@grpc/grpc-js';
import { refuse, RefusedError } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import type { RouterToken } from '../access/router-token.js';

const LIMITS = {
  'grpc.max_receive_message_length': 128 * 1024 * 1024,
  'grpc.max_send_message_length': 128 * 1024 * 1024,
} as const;
/** A worker whose host lost its power ends no connection: its answer to a ping is what is missed. */
const KEEP_ALIVE = { 'grpc.keepalive_time_ms': 10_000, 'grpc.keepalive_timeout_ms': 5_000 };
/** A container never moves, so that where it is need not be asked for each key that is pressed. */
const REMEMBER_MS = 30_000;
const MOST_REMEMBERED = 10_000;

/** The connections to the workers' command routers: one for each worker that was asked for. */
export class WorkerRouters {
  private readonly clients = new Map<string, Client>();
  private readonly places = new Map<string, Readonly<{ address: string; untilMs: number }>>();

  constructor(
    private readonly bus: Pick<Bus, 'request'>,
    private readonly keepAlive = KEEP_ALIVE,
  ) {}

  /** The worker of a container. Throws RefusedError when there is none. */
  async find({ taskId, workspaceId }: RouterToken): Promise<Client> {
    const known = this.places.get(taskId);
    if (known !== undefined && known.untilMs > Date.now()) return this.clientOf(known.address);
    const task = await this.bus.request('scheduler.get-task', { workspaceId, taskId });
    if (task.state === 'ended')
      throw new RefusedError(refuse('not-found', 'container-ended', `The container ${taskId} has ended.`));
    if (task.routerAddress === undefined)
      throw new RefusedError(
        refuse(
          'unavailable',
          'worker-away',
          `The worker of the container ${taskId} is not heard of; try again.`,
        ),
      );
    if (this.places.size >= MOST_REMEMBERED) this.places.clear();
    this.places.set(taskId, { address: task.routerAddress, untilMs: Date.now() + REMEMBER_MS });
    return this.clientOf(task.routerAddress);
  }

  close(): void {
    for (const client of this.clients.values()) client.close();
  }

  private clientOf(address: string): Client {
    const known = this.clients.get(address);
    if (known !== undefined) return known;
    const made = new Client(address, credentials.createInsecure(), { ...LIMITS, ...this.keepAlive });
    this.clients.set(address, made);
    return made;
  }
}
