import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writePidFile } from './pid-files.ts';
import { identityOf, isAlive } from './process-identity.ts';
import type { ProcessSpec } from './process-spec.ts';
import type { ProcessStatus } from './process-status.ts';
import { stopOrphans } from './stop-orphans.ts';
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
const supervise = (): Supervisor => {
  const supervisor = new Supervisor({ logs: folder, run: folder });
  supervisors.push(supervisor);
  return supervisor;
};

const eventually = async (
  supervisor: Supervisor,
  right: (status: ProcessStatus) => boolean,
): Promise<ProcessStatus> => {
  // Sooner than the test itself is ended, so that what was seen last is told.
  const deadline = Date.now() + 50_000;
  for (;;) {
    const [status] = await supervisor.status();
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

  test('what a killed supervisor left running is found by its pid file and stopped', async () => {
    const orphan = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    const identity = identityOf(orphan.pid!)!;
    const { name, tier, stopSignal, stopMs } = shell('orphan', '');
    writePidFile(folder, { ...identity, name, tier, stopSignal, stopMs });
    expect(await stopOrphans(folder)).toEqual(['orphan']);
    expect(isAlive(identity)).toBe(false);
  });
});
