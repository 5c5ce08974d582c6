import type { FirewallChain } from '@slipway/worker-core';
import { runCommand, tryCommand } from '../command/run-command.js';

/** -w: other programs change the tables too. */
const iptables = (table: string, ...args: readonly string[]): Promise<string> =>
  runCommand('iptables', ['-w', '10', '-t', table, ...args]);

/** Makes the chains as they should be, whatever was there under their names. */
export const raiseFirewall = async (chains: readonly FirewallChain[]): Promise<void> => {
  for (const { table, name, enteredFrom, rules } of chains) {
    await iptables(table, '-N', name).catch(() => undefined);
    await iptables(table, '-F', name);
    for (const rule of rules) await iptables(table, '-A', name, ...rule);
    const entered = await iptables(table, '-C', enteredFrom, '-j', name).then(
      () => true,
      () => false,
    );
    if (!entered) await iptables(table, '-I', enteredFrom, '1', '-j', name);
  }
};

export const lowerFirewall = async (chains: readonly FirewallChain[]): Promise<void> => {
  for (const { table, name, enteredFrom } of chains) {
    await tryCommand('iptables', ['-w', '10', '-t', table, '-D', enteredFrom, '-j', name]);
    await tryCommand('iptables', ['-w', '10', '-t', table, '-F', name]);
    await tryCommand('iptables', ['-w', '10', '-t', table, '-X', name]);
  }
};
