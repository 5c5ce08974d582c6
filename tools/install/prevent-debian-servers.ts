import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';

const policy = '/usr/sbin/policy-rc.d';
const clusterSettings = '/etc/postgresql-common/createcluster.conf';

/**
 * Keeps Debian from starting servers, and PostgreSQL from making a cluster of the system, while packages are
 * installed: only the programs are wanted. What the machine's owner has set is left alone. Returns how to undo it.
 */
export const preventDebianServers = (): (() => void) => {
  const files: [path: string, text: string, mode: number][] = [
    [policy, '#!/bin/sh\nexit 101\n', 0o755],
    [clusterSettings, 'create_main_cluster = false\n', 0o644],
  ];
  const ours = files.filter(([path]) => !existsSync(path));
  mkdirSync('/etc/postgresql-common', { recursive: true });
  for (const [path, text, mode] of ours) writeFileSync(path, text, { mode });
  return () => {
    // The cluster settings stay: a later upgrade of the package would read them too.
    if (ours.some(([path]) => path === policy)) rmSync(policy, { force: true });
  };
};
