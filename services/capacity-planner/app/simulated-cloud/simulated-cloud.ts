import { readFileSync, renameSync, writeFileSync, mkdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { HostOrder, StartAnswer, VendorHost } from '@slipway/capacity-planner-core';
import { seededRandom } from '@slipway/kernel';
import { SimulatedMarket, type SimulatedHost } from './simulated-market.js';
import { endWorker, isWorkerOf, startWorker, type WorkerSetting } from './worker-process.js';

type Kept = Readonly<{ hosts: readonly SimulatedHost[]; pids: Readonly<Record<string, number>> }>;

const PASS_EVERY_MS = 1_000;

/** The simulated vendors with their hosts: real workers on this machine. What it knows is on disk, so that it may be killed. */
export class SimulatedCloud {
  readonly market: SimulatedMarket;
  private readonly pids: Map<string, number>;
  private readonly ending = new Set<string>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly setting: WorkerSetting,
    seed: number,
  ) {
    mkdirSync(setting.folder, { recursive: true, mode: 0o700 });
    const kept = this.read();
    this.pids = new Map(Object.entries(kept.pids));
    this.market = new SimulatedMarket(seededRandom(seed), kept.hosts);
    this.timer = setInterval(() => this.pass(), PASS_EVERY_MS);
  }

  start(order: HostOrder): StartAnswer {
    const { startMs, ...answer } = this.market.start(order, Date.now());
    if (startMs !== undefined) setTimeout(() => this.boot(order), startMs);
    this.keep();
    return answer;
  }

  list(vendor: string): readonly VendorHost[] {
    return [...this.market.hosts.values(), ...this.market.gone.values()]
      .filter(({ order }) => order.vendor === vendor)
      .map(({ order, vendorHostId, state, billedFrom, takenAt, goneAt, priceMicroUsdPerNodeHour }) => ({
        ...{ vendorHostId, hostId: order.hostId, instanceType: order.instanceType, region: order.region },
        ...{ state, billedFrom, priceMicroUsdPerNodeHour },
        ...(takenAt === undefined ? {} : { takenAt }),
        ...(goneAt === undefined ? {} : { goneAt }),
      }));
  }

  /** Takes a host down; it is paid for until it is gone, and listed a while longer. */
  stop(hostId: string): void {
    if (this.market.change(hostId, { state: 'stopping' }) === undefined || this.ending.has(hostId)) return;
    this.ending.add(hostId);
    this.keep();
    const pid = this.pids.get(hostId);
    const gone = pid === undefined ? Promise.resolve() : endWorker(pid, hostId, this.setting.folder);
    void gone.finally(() => {
      this.market.end(hostId, Date.now());
      this.pids.delete(hostId);
      this.ending.delete(hostId);
      this.keep();
    });
  }

  /** Tells a host that it will be taken after so long. */
  preempt(hostId: string, noticeMs: number): boolean {
    const host = this.market.change(hostId, { takenAt: Date.now() + noticeMs });
    this.keep();
    return host !== undefined;
  }

  /** The whole cloud shuts down, and its hosts with it. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    for (const hostId of this.market.hosts.keys()) this.stop(hostId);
    await Promise.all([...this.pids].map(([hostId, pid]) => endWorker(pid, hostId, this.setting.folder)));
  }

  private boot(order: HostOrder): void {
    const host = this.market.hosts.get(order.hostId);
    if (host === undefined || host.state === 'stopping' || this.pids.has(order.hostId)) return;
    this.pids.set(order.hostId, startWorker(order, this.setting));
    this.market.change(order.hostId, { state: 'running' });
    this.keep();
  }

  private pass(): void {
    const at = Date.now();
    this.market.pass(PASS_EVERY_MS, at);
    for (const { order, takenAt, state } of [...this.market.hosts.values()]) {
      if (takenAt !== undefined && takenAt <= at) this.stop(order.hostId);
      const pid = this.pids.get(order.hostId);
      // A machine that was cut off in the middle of its start is started again.
      if (pid === undefined && state === 'running') this.boot(order);
      // A worker that ended by itself is a host that died.
      if (pid !== undefined && state === 'running' && !isWorkerOf(pid, order.hostId)) this.stop(order.hostId);
    }
    this.keep();
  }

  private get file(): string {
    return join(this.setting.folder, 'hosts.json');
  }

  private keep(): void {
    const hosts = [...this.market.hosts.values(), ...this.market.gone.values()];
    const kept: Kept = { hosts, pids: Object.fromEntries(this.pids) };
    writeFileSync(`${this.file}.new`, JSON.stringify(kept));
    renameSync(`${this.file}.new`, this.file);
  }

  private read(): Kept {
    if (!existsSync(this.file)) return { hosts: [], pids: {} };
    const kept = JSON.parse(readFileSync(this.file, 'utf8')) as Kept;
    // One that was starting has nobody any more who would start it.
    return {
      ...kept,
      hosts: kept.hosts.map((host) => (host.state === 'starting' ? { ...host, state: 'running' } : host)),
    };
  }
}
