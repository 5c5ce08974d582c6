import type { FunctionId, WebTasks, WorkspaceId } from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import { isPassingTrouble } from '../passing-trouble.js';

/** What a gateway holds for a function: requests that wait for a place, and requests inside containers. */
export type Demand = Readonly<{ waiting: number; active: number }>;

/** Whose containers are asked for, and who asks. */
export type PollSubject = Readonly<{ workspaceId: WorkspaceId; functionId: FunctionId; gatewayId: string }>;

/** For whom the poll is kept. */
export type PollUser = Readonly<{
  demand: () => Demand;
  hasTasks: () => boolean;
  /** Whether the poll is of use still. */
  isInUse: () => boolean;
  learn: (found: WebTasks) => void;
}>;

type ProxyAuth = WebTasks['proxyAuth'];
type Asking = Readonly<{ tell: (proxyAuth: ProxyAuth) => void; fail: (trouble: unknown) => void }>;

const HOLD_MS = 2_000;
/** How long changes of demand are gathered while containers are there: requests that wait are more urgent than those inside. */
const GATHER_WAITING_MS = 20;
const GATHER_ACTIVE_MS = 500;
const AFTER_TROUBLE_MS = 200;

/** A poll with the scheduler for the containers of one function, kept while it is of use. It tells the scheduler of the demand. */
export class TaskPoll {
  private revision: number | undefined;
  private knownAuth: ProxyAuth | undefined;
  private asking: Asking[] = [];
  private told: Demand = { waiting: 0, active: 0 };
  private running = false;
  private interrupt: (() => void) | undefined;
  private gathering: NodeJS.Timeout | undefined;

  constructor(
    private readonly bus: Pick<Bus, 'request'>,
    private readonly subject: PollSubject,
    private readonly user: PollUser,
  ) {}

  get isRunning(): boolean {
    return this.running;
  }

  async run(): Promise<void> {
    this.running = true;
    this.revision = undefined;
    this.knownAuth = undefined;
    while (this.user.isInUse()) {
      const interrupted = new Promise<undefined>((resolve) => {
        this.interrupt = () => resolve(undefined);
      });
      const answer = await Promise.race([this.ask(), interrupted]);
      if (answer !== undefined) this.learn(answer);
    }
    this.running = false;
    this.interrupt = undefined;
  }

  /** Whether each endpoint asks for a proxy token: at once where it is known. Throws where the scheduler does not say. */
  async proxyAuth(): Promise<ProxyAuth> {
    return this.knownAuth ?? new Promise((tell, fail) => this.asking.push({ tell, fail }));
  }

  /** Asks anew for all that there is: something of what was told has turned out wrong. */
  askAnew(): void {
    this.revision = undefined;
    this.interrupt?.();
  }

  /** Tells the scheduler anew where the demand has changed in kind. */
  noticeDemand(): void {
    const now = this.user.demand();
    if (!isMaterial(this.told, now) || this.interrupt === undefined) return;
    if (!this.user.hasTasks()) return this.interrupt();
    const isUrgent = now.waiting > this.told.waiting * 2;
    this.gathering ??= setTimeout(
      () => {
        this.gathering = undefined;
        this.interrupt?.();
      },
      isUrgent ? GATHER_WAITING_MS : GATHER_ACTIVE_MS,
    ).unref();
  }

  private learn(found: WebTasks): void {
    this.revision = found.revision;
    this.knownAuth = found.proxyAuth;
    this.user.learn(found);
    this.asking.splice(0).forEach(({ tell }) => tell(found.proxyAuth));
  }

  private async ask(): Promise<WebTasks | undefined> {
    this.told = this.user.demand();
    try {
      return await this.bus.request(
        'scheduler.await-web-tasks',
        {
          ...this.subject,
          demand: this.told,
          ...(this.revision === undefined ? {} : { knownRevision: this.revision }),
          waitMs: HOLD_MS,
        },
        { timeoutMs: HOLD_MS * 3 },
      );
    } catch (error) {
      // The containers that were known go on working while the scheduler is away.
      if (error instanceof RefusedError && !isPassingTrouble(error)) this.learn(refused(error));
      else this.asking.splice(0).forEach(({ fail }) => fail(error));
      await new Promise((resolve) => setTimeout(resolve, AFTER_TROUBLE_MS).unref());
      return undefined;
    }
  }
}

const refused = ({ message }: RefusedError): WebTasks => ({
  revision: -1,
  tasks: [],
  proxyAuth: {},
  problem: { kind: 'stopped', message },
});

const isMaterial = (told: Demand, now: Demand): boolean =>
  now.waiting > told.waiting * 2 ||
  (now.waiting === 0) !== (told.waiting === 0) ||
  now.active > told.active * 2 ||
  (now.active === 0) !== (told.active === 0);
