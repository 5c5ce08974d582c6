import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const policy = '/usr/sbin/policy-rc.d';
const policyText = `#!/bin/sh
# Of Slipway's tools/up, while it installs packages; what is left of an interrupted one is removed by the next.
exit 101
`;
const clusterSettings = '/etc/postgresql-common/createcluster.conf';

/**
 * Keeps Debian from starting servers, and PostgreSQL from making a cluster of the system, while packages are
 * installed: only the programs are wanted. What the machine's owner has set is left alone. Returns how to undo it.
 */
export const preventDebianServers = (): (() => void) => {
  const files: [path: string, text: string, mode: number][] = [
    [policy, policyText, 0o755],
    [clusterSettings, 'create_main_cluster = false\n', 0o644],
  ];
  const ours = files.filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') === text);
  mkdirSync('/etc/postgresql-common', { recursive: true });
  for (const [path, text, mode] of ours) writeFileSync(path, text, { mode });
  const undo = (): void => {
    // The cluster settings stay: a later upgrade of the package would read them too.
    if (ours.some(([path]) => path === policy)) rmSync(policy, { force: true });
  };
  // Also where Ctrl-C ends it: else no package of the machine would start its servers any more.
  process.once('exit', undo);
  return () => {
    process.removeListener('exit', undo);
    undo();
  };
};
