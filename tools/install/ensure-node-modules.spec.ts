import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const script = join(import.meta.dirname, 'ensure-node-modules.sh');

test('the home that it makes for its log is for its owner alone', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'ensure-node-modules-'));
  const home = join(scratch, 'home');
  // Another command installs while this one waits for the lock.
  const asked = 'asked=; node_modules_current() { [ "$asked" ] && return; asked=yes; return 1; }';
  execFileSync('bash', ['-euc', `umask 022; source "$1"; ${asked}; ensure_node_modules`, 'bash', script], {
    env: { ...process.env, SLIPWAY_HOME: home },
  });
  expect(statSync(home).mode & 0o777).toBe(0o700);
  rmSync(scratch, { recursive: true });
});
