import type { CallId, InputId, TaskAssignment, WebEndpoint } from '@slipway/contracts';
import type { FunctionGetInputsResponse } from '@slipway/protocol';
import {
  admitRequest,
  wantsLane,
  webEndpoints,
  webWay,
  type Admission,
  type WebDoor,
} from '@slipway/worker-core';
import { BridgePassage } from './bridge/bridge-passage.js';
import { LaneListener } from './lane/lane-listener.js';
import { LanePassage } from './lane/lane-passage.js';
import { PortPassage } from './ways/port-passage.js';
import type { WebPassage } from './ways/web-passage.js';
import type { WebExchange } from './web-exchange.js';

export type WebTaskEvents = Readonly<{
  /** The app's lane is there: imports and set-up are done. */
  onReady: () => void;
  /** User code does not leave a request whose time is over. */
  onStuck: () => void;
  /** Tells the client's runtime to cancel an input. */
  cancelInput: (inputId: InputId) => void;
  /** How many requests are inside now, work after an answer included. */
  onActive: (count: number) => void;
}>;

/** How long user code may take to leave a request whose time is over. */
const LEAVE_WITHIN_MS = 5_000;
const LONGEST_TIMER_MS = 2_147_483_647;

export const offersWeb = (task: TaskAssignment): boolean => webEndpoints(task).length > 0;

/** One task as the relay sees it: a door, the requests inside, and the way by which they go on. */
export class WebTask {
  readonly bridge = new BridgePassage();
  /** A question for inputs that the scheduler has not answered yet, asked for a container that got a web request meanwhile. */
  standingQuestion: Promise<FunctionGetInputsResponse> | undefined;
  private readonly lane: LaneListener;
  private readonly lanePassage: LanePassage;
  private laneState: 'up' | 'down' = 'down';
  private port: PortPassage | undefined;
  private state: WebDoor['state'] = 'closed';
  private readonly inside = new Set<WebExchange>();
  /** Requests that were answered while user code still works on them. */
  private readonly afterwork = new Set<InputId>();
  private emptied: () => void = () => undefined;

  constructor(
    readonly task: TaskAssignment,
    private readonly events: WebTaskEvents,
  ) {
    this.lane = new LaneListener({
      onUp: () => {
        this.laneState = 'up';
        this.open();
        events.onReady();
      },
      onDown: () => {
        this.laneState = 'down';
        this.afterwork.clear();
        this.noticeActive();
      },
      onAfterwork: (inputId) => {
        this.afterwork.add(inputId);
        this.noticeActive();
      },
      onEnded: (inputId) => {
        this.afterwork.delete(inputId);
        this.lanePassage.ended(inputId);
        this.noticeActive();
      },
    });
    this.lanePassage = new LanePassage(this.lane);
  }

  get isServer(): boolean {
    return this.endpoints.some(({ kind }) => kind === 'server');
  }

  /** A class may have methods that are called beside those that answer HTTP. */
  get takesInputs(): boolean {
    return this.task.webMethods !== undefined;
  }

  get active(): number {
    return this.inside.size + this.afterwork.size;
  }

  /** Requests that take a place. By the client's bridge they do until user code has ended, which may be after the answer. */
  get taken(): number {
    return this.inside.size;
  }

  /** The request to which output belongs: known for sure only while there is one. */
  get onlyRequest(): Readonly<{ inputId: InputId; callId: CallId }> | undefined {
    const [only, ...others] = this.inside;
    if (only === undefined || others.length > 0) return undefined;
    return { inputId: only.inputId, callId: only.callId };
  }

  async listenForLane(controlFolder: string): Promise<void> {
    if (wantsLane(this.task)) await this.lane.open(controlFolder);
  }

  /** Where the user's own server is reached, once there is a container. */
  reachPort(address: string): void {
    const server = this.endpoints.find((endpoint) => webWay(endpoint, 'down') === 'port');
    if (server?.port === undefined) return;
    this.port = new PortPassage({ address, port: server.port, protocol: server.http2 ? 'h2c' : 'http/1.1' });
  }

  /** The user's own server is said to be started: waits until it listens, and opens. */
  async awaitServer(signal: AbortSignal): Promise<void> {
    if ((await this.port?.listens(signal)) === true) this.events.onReady();
  }

  open(): void {
    if (this.state === 'closed') this.state = 'open';
  }

  admit(method: string): Admission {
    if (this.endpointOf(method) === undefined) return 'gone';
    return admitRequest({
      state: this.state,
      inside: this.taken,
      maxRequests: this.task.maxConcurrentInputs,
    });
  }

  /** Takes an admitted request in. */
  take(exchange: WebExchange): void {
    this.inside.add(exchange);
    this.noticeActive();
    const passage = this.passageFor(exchange.asked.method);
    const timer = setTimeout(
      () => this.expire(exchange, passage),
      Math.min(LONGEST_TIMER_MS, this.task.inputTimeoutMs),
    );
    const released = passage === this.bridge ? this.bridge.finished(exchange) : exchange.closed;
    void Promise.all([exchange.closed, released]).then(() => {
      clearTimeout(timer);
      this.inside.delete(exchange);
      this.noticeActive();
    });
    exchange.guarded(() => passage.relay(exchange))();
  }

  /** Lets nobody in any more; settles when the last request has ended, or its time is over. */
  async drain(limit: number | 'as-long-as-allowed'): Promise<void> {
    this.state = 'draining';
    const limitMs = limit === 'as-long-as-allowed' ? this.longestDrainMs : limit;
    if (this.active > 0)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(LONGEST_TIMER_MS, limitMs));
        const before = this.emptied;
        this.emptied = () => {
          before();
          clearTimeout(timer);
          resolve();
        };
      });
    this.lane.exit();
  }

  /** The container is gone, and with it all that was inside. */
  close(): void {
    this.state = 'closed';
    for (const exchange of this.inside)
      exchange.fail('failed', 'the container ended before the answer was whole');
    this.bridge.close();
    this.lanePassage.close();
    this.lane.close();
    this.port?.close();
    this.emptied();
  }

  /** What a server says of itself, else what any request is given. */
  private get longestDrainMs(): number {
    const graceMs = Math.max(0, ...this.endpoints.map(({ exitGraceMs }) => exitGraceMs));
    return graceMs > 0 ? graceMs : this.task.inputTimeoutMs;
  }

  private get endpoints(): readonly WebEndpoint[] {
    return webEndpoints(this.task);
  }

  private endpointOf(method: string) {
    const { web, webMethods = {} } = this.task;
    if (method === '') return web;
    return Object.hasOwn(webMethods, method) ? webMethods[method] : undefined;
  }

  private passageFor(method: string): WebPassage {
    const endpoint = this.endpointOf(method)!;
    switch (webWay(endpoint, this.laneState)) {
      case 'port':
        return this.port ?? this.bridge;
      case 'lane':
        return this.lanePassage;
      default:
        return this.bridge;
    }
  }

  private expire(exchange: WebExchange, passage: WebPassage): void {
    exchange.fail(
      'timeout',
      `the request ran longer than its timeout of ${this.task.inputTimeoutMs / 1000} s`,
    );
    if (passage === this.bridge) this.events.cancelInput(exchange.inputId);
    const stuck = setTimeout(() => this.events.onStuck(), LEAVE_WITHIN_MS);
    void passage.cancel(exchange).then(() => clearTimeout(stuck));
  }

  private noticeActive(): void {
    this.events.onActive(this.active);
    if (this.active === 0) this.emptied();
  }
}
