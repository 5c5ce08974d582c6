import { globSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runQuietly } from '../terminal/run-quietly.ts';

/**
 * Removes the namespaces, bridges and packet filters of this platform's workers that were killed, and gives their blocks of
 * addresses back. A worker that is stopped does so itself. `claimsFolder` has a file for each block, named by its number: which
 * worker has it, and its process.
 */
export const clearNetworks = async (
  instance: string,
  claimsFolder = '/run/slipway/networks',
): Promise<number> => {
  const blocks = globSync(`${claimsFolder}/*`)
    .filter((claim) => isOfDeadWorker(readFileSync(claim, 'utf8'), instance))
    .map((claim) => basename(claim));
  for (const block of blocks) {
    const namespaces = globSync(`/run/netns/slw-${block}-*`).map((path) => basename(path));
    for (const name of namespaces) await runQuietly('ip', ['netns', 'delete', name]);
    for (const bridge of [`slwo${block}`, `slwb${block}`]) await runQuietly('ip', ['link', 'delete', bridge]);
    for (const table of ['filter', 'nat']) await clearChains(table, block);
    rmSync(join(claimsFolder, block), { force: true });
  }
  return blocks.length;
};

const isOfDeadWorker = (claim: string, instance: string): boolean => {
  const [worker = '', pid = ''] = claim.split(' ');
  return worker.startsWith('worker-') && worker.endsWith(`-${instance}`) && !isAlive(pid.trim());
};

const isAlive = (pid: string): boolean => readdirSync('/proc').includes(pid);

/** The chains of a block of addresses, and the rules by which the kernel's own chains enter them. */
const clearChains = async (table: string, block: string): Promise<void> => {
  const iptables = (words: readonly string[]) => runQuietly('iptables', ['-w', '10', '-t', table, ...words]);
  const rules = (await iptables(['-S'])).output.split('\n').map((line) => line.split(' '));
  const ours = new RegExp(`^SLIPWAY-\\w+-${block}-(IN|FWD|NAT)$`);
  for (const [action, chain = '', jump, target = ''] of rules)
    if (action === '-A' && jump === '-j' && ours.test(target)) await iptables(['-D', chain, '-j', target]);
  for (const [action, chain = ''] of rules) {
    if (action !== '-N' || !ours.test(chain)) continue;
    await iptables(['-F', chain]);
    await iptables(['-X', chain]);
  }
};
