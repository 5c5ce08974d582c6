import { chmod } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { InputId } from '@slipway/contracts';

/** In the control folder: one line a word. The lane's is `up`, `after ID` and `ended ID`; ours `more N`, `cancel ID` and `exit`. */
const CONTROL_NAME = 'lane-control.sock';
/** Each connection that the lane makes here is one on which it serves HTTP. */
const HTTP_NAME = 'lane-http.sock';
/** A lane that opened connections without end would cost the worker its own. */
const MOST_CONNECTIONS = 4_096;
const LONGEST_LINE_CHARACTERS = 1_000;

export type LaneEvents = Readonly<{
  onUp: () => void;
  onDown: () => void;
  /** The app goes on working on a request that it has answered. */
  onAfterwork: (inputId: InputId) => void;
  onEnded: (inputId: InputId) => void;
}>;

type Waiter = Readonly<{ give: (socket: Socket) => void; refuse: (error: Error) => void }>;

const listen = async (server: Server, path: string): Promise<void> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  await chmod(path, 0o666);
};

/**
 * Where a container's lane calls in. The container connects and the worker asks: so nothing in the container listens, and
 * nothing of the container has to be reached from outside.
 */
export class LaneListener {
  private readonly spare: Socket[] = [];
  private readonly waiters: Waiter[] = [];
  private readonly servers: readonly Server[];
  private readonly sockets = new Set<Socket>();
  private control: Socket | undefined;

  constructor(private readonly events: LaneEvents) {
    const [control, http] = [createServer((socket) => this.hear(socket)), createServer()];
    http.on('connection', (socket) => this.keep(socket));
    http.maxConnections = MOST_CONNECTIONS;
    this.servers = [control, http];
  }

  async open(controlFolder: string): Promise<void> {
    const [control, http] = this.servers as readonly [Server, Server];
    await Promise.all([
      listen(control, join(controlFolder, CONTROL_NAME)),
      listen(http, join(controlFolder, HTTP_NAME)),
    ]);
  }

  /** A connection on which the lane waits for a request. */
  connection(): Promise<Socket> {
    const socket = this.spare.pop();
    if (socket !== undefined) return Promise.resolve(socket);
    this.say('more 1');
    return new Promise((give, refuse) => this.waiters.push({ give, refuse }));
  }

  cancel(inputId: InputId): void {
    this.say(`cancel ${inputId}`);
  }

  /** Tells the lane to let its requests end and to leave. */
  exit(): void {
    this.say('exit');
  }

  close(): void {
    for (const server of this.servers) server.close();
    for (const socket of this.sockets) socket.destroy();
    this.refuseWaiters();
  }

  private say(line: string): void {
    this.control?.write(`${line}\n`);
  }

  private hear(socket: Socket): void {
    if (this.control !== undefined) return void socket.destroy();
    this.control = socket;
    this.remember(socket);
    let held = '';
    socket.setEncoding('utf8').on('data', (piece: string) => {
      const lines = (held + piece).split('\n');
      held = lines.pop() ?? '';
      for (const line of lines) this.understand(line);
      // What is in the container may be anything: it is not let fill our memory.
      if (held.length > LONGEST_LINE_CHARACTERS) socket.destroy();
    });
    socket.once('close', () => {
      this.control = undefined;
      this.refuseWaiters();
      this.events.onDown();
    });
  }

  private understand(line: string): void {
    const [word, inputId = ''] = line.slice(0, LONGEST_LINE_CHARACTERS).split(' ');
    if (word === 'up') this.events.onUp();
    else if (word === 'after') this.events.onAfterwork(inputId as InputId);
    else if (word === 'ended') this.events.onEnded(inputId as InputId);
  }

  private keep(socket: Socket): void {
    this.remember(socket);
    const waiter = this.waiters.shift();
    if (waiter !== undefined) return waiter.give(socket);
    this.spare.push(socket);
    socket.once('close', () => {
      const place = this.spare.indexOf(socket);
      if (place >= 0) this.spare.splice(place, 1);
    });
  }

  private remember(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.sockets.delete(socket));
  }

  private refuseWaiters(): void {
    for (const { refuse } of this.waiters.splice(0)) refuse(new Error('the container has left'));
  }
}
