import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../testing/free-port.ts';
import { writePidFile } from './pid-files.ts';
import { identityOf, isAlive } from './process-identity.ts';
import type { ProcessSpec } from './process-spec.ts';
import type { ProcessStatus } from './process-status.ts';
import { stopOrphans } from './stop-orphans.ts';
import type { Folders } from './supervised-process.ts';
import { Supervisor } from './supervisor.ts';

const shell = (name: string, script: string): ProcessSpec => ({
  name,
  tier: 'service',
  command: 'sh',
  arguments: ['-c', script],
  environment: {},
  folder: '/',
  probe: { kind: 'running' },
  port: 1,
  version: '1',
  revision: '',
  stopSignal: 'SIGTERM',
  stopMs: 500,
});

const folder = mkdtempSync(join(tmpdir(), 'supervisor-'));
const supervisors: Supervisor[] = [];
const supervise = (folders: Folders = { logs: folder, run: folder }): Supervisor => {
  const supervisor = new Supervisor(folders);
  supervisors.push(supervisor);
  return supervisor;
};

const eventually = async (
  supervisor: Supervisor,
  right: (status: ProcessStatus) => boolean,
  name?: string,
): Promise<ProcessStatus> => {
  // Sooner than the test itself is ended, so that what was seen last is told.
  const deadline = Date.now() + 50_000;
  for (;;) {
    const all = await supervisor.status();
    const status = name === undefined ? all[0] : all.find((one) => one.name === name);
    if (status && right(status)) return status;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(status)}`);
    await sleep(10);
  }
};

afterEach(async () => {
  await Promise.all(supervisors.splice(0).map((supervisor) => supervisor.stopAll()));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the supervisor', () => {
  test('a killed process is back, under another process id', async () => {
    const supervisor = supervise();
    await supervisor.apply({ processes: [shell('steady', 'exec sleep 60')] });
    const first = await eventually(supervisor, ({ pid }) => pid !== null);
    process.kill(first.pid!, 'SIGKILL');
    const second = await eventually(supervisor, ({ pid }) => pid !== null && pid !== first.pid);
    expect(second.restarts).toBe(1);
    expect(second.lastExit).toContain('killed by SIGKILL');
  });

  test('a process that exits at once is shown as failing with its exit code, and tried again', async () => {
    const supervisor = supervise();
    await supervisor.apply({ processes: [shell('broken', 'echo no luck; exit 3')] });
    const status = await eventually(
      supervisor,
      ({ state, restarts }) => state === 'failing' && restarts >= 1,
    );
    expect(status.health).toContain('exited with code 3');
    expect(readFileSync(join(folder, 'broken.log'), 'utf8')).toContain('no luck');
  });

  test('a program that is not there is shown as failing', async () => {
    const supervisor = supervise();
    await supervisor.apply({ processes: [{ ...shell('absent', ''), command: '/no/such/program' }] });
    expect((await eventually(supervisor, ({ state }) => state === 'failing')).health).toContain(
      'could not start',
    );
  });

  test('a process that ignores the signal to stop is killed after its grace', async () => {
    const supervisor = supervise();
    await supervisor.apply({
      processes: [shell('stubborn', 'trap "" TERM; echo up; while :; do sleep 1; done')],
    });
    await eventually(supervisor, ({ uptimeMs }) => uptimeMs > 200);
    await supervisor.stopAll();
    expect((await supervisor.status())[0]?.state).toBe('stopped');
  });

  test('a program that cannot even be asked for is shown as failing', async () => {
    const supervisor = supervise();
    await supervisor.apply({ processes: [{ ...shell('unnameable', ''), command: 'sh\0' }] });
    expect((await eventually(supervisor, ({ state }) => state === 'failing')).health).toContain(
      'could not start',
    );
  });

  test('services of an earlier plan start when the servers of a later one are ready', async () => {
    const supervisor = supervise();
    const server = { ...shell('server', 'exec sleep 60'), tier: 'infrastructure' } as const;
    const service = shell('service', 'exec sleep 60');
    const neverReady = { kind: 'http', url: 'http://127.0.0.1:1/' } as const;
    await supervisor.apply({ processes: [{ ...server, probe: neverReady }, service] });
    expect((await eventually(supervisor, ({ pid }) => pid !== null, 'server')).health).not.toBe('ready');
    await supervisor.apply({ processes: [server, service] });
    await eventually(supervisor, ({ pid }) => pid !== null, 'service');
  });

  test('a plan starts what was stopped by hand', async () => {
    const supervisor = supervise();
    const plan = { processes: [shell('idle', 'exec sleep 60')] };
    await supervisor.apply(plan);
    await eventually(supervisor, ({ pid }) => pid !== null);
    await supervisor.stop('idle');
    await supervisor.apply(plan);
    await eventually(supervisor, ({ pid }) => pid !== null);
  });

  test('the port of a service that is stopped in its pause is given back', async () => {
    const supervisor = supervise();
    const port = await freePort();
    const broken = {
      ...shell('holder', ''),
      command: process.execPath,
      arguments: ['-e', "require('net').createServer().listen({ fd: 3 }, () => process.exit(1))"],
      heldPort: { host: '127.0.0.1', port },
    };
    await supervisor.apply({ processes: [broken] });
    await eventually(supervisor, ({ restarts, pid }) => restarts >= 1 && pid === null);
    await supervisor.apply({ processes: [] });
    const other = createServer();
    await new Promise<void>((done, fail) =>
      other.once('error', fail).listen(port, '127.0.0.1', () => done()),
    );
    other.close();
  });

  test('a full disk keeps nothing from running, and what runs is noted as soon as it can be', async () => {
    const logs = mkdtempSync(join(folder, 'full-'));
    symlinkSync('/dev/full', join(logs, 'steady.log'));
    // A file where a folder belongs: nothing can be written below it.
    const run = join(logs, 'run');
    writeFileSync(run, '');
    const supervisor = supervise({ logs, run });
    await supervisor.apply({ processes: [shell('steady', 'exec sleep 60')] });
    const first = await eventually(supervisor, ({ pid }) => pid !== null);
    process.kill(first.pid!, 'SIGKILL');
    await eventually(supervisor, ({ pid }) => pid !== null && pid !== first.pid);
    rmSync(run);
    mkdirSync(run);
    while (!existsSync(join(run, 'steady.pid'))) await sleep(10);
  });

  test('a process whose log cannot be opened runs without one', async () => {
    const supervisor = supervise({ logs: '/dev/null/logs', run: folder });
    await supervisor.apply({ processes: [shell('mute', 'echo lost; exec sleep 60')] });
    await eventually(supervisor, ({ pid }) => pid !== null);
  });

  test('a pid file cut short is of nobody', async () => {
    const run = mkdtempSync(join(folder, 'cut-'));
    writeFileSync(join(run, 'gone.pid'), '');
    writeFileSync(join(run, 'half.pid'), '{"pid": 1');
    expect(await stopOrphans(run)).toEqual([]);
  });

  test('what a killed supervisor left running is found by its pid file and stopped', async () => {
    const orphan = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    const identity = identityOf(orphan.pid!)!;
    const { name, tier, stopSignal, stopMs } = shell('orphan', '');
    writePidFile(folder, { ...identity, name, tier, stopSignal, stopMs });
    expect(await stopOrphans(folder)).toEqual(['orphan']);
    expect(isAlive(identity)).toBe(false);
  });
});
