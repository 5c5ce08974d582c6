import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { PREFIX_LENGTH, type WorkerNetwork } from '@slipway/worker-core';
import { runCommand, tryCommand } from '../command/run-command.js';

/**
 * The two bridges of a worker share its address: the relay answers on both. Their hardware addresses are set: the kernel would
 * take the lowest of their ports', and change it whenever a container comes or goes. What other containers then send goes to
 * nobody, and one of gVisor's that connects at that moment tries for two minutes.
 */
export const raiseBridges = async (network: WorkerNetwork): Promise<void> => {
  const bridges = [
    [network.openBridge, network.openHardwareAddress],
    [network.blockedBridge, network.blockedHardwareAddress],
  ] as const;
  for (const [bridge, hardwareAddress] of bridges) {
    if (!existsSync(`/sys/class/net/${bridge}`))
      await runCommand('ip', ['link', 'add', bridge, 'type', 'bridge']);
    await runCommand('ip', ['link', 'set', bridge, 'address', hardwareAddress]);
    // Containers have IPv4 alone: on a link-local IPv6 address the host would answer them.
    await writeFile(`/proc/sys/net/ipv6/conf/${bridge}/disable_ipv6`, '1').catch(() => undefined);
    await runCommand('ip', ['link', 'set', bridge, 'up']);
  }
  await runCommand('ip', [
    'address',
    'replace',
    `${network.gateway}/${PREFIX_LENGTH}`,
    'dev',
    network.openBridge,
  ]);
  // Routes to single containers of the blocked bridge are laid when they start.
  await runCommand('ip', ['address', 'replace', `${network.gateway}/32`, 'dev', network.blockedBridge]);
  await writeFile('/proc/sys/net/ipv4/ip_forward', '1');
};

export const removeBridges = async (network: WorkerNetwork): Promise<void> => {
  await tryCommand('ip', ['link', 'delete', network.openBridge]);
  await tryCommand('ip', ['link', 'delete', network.blockedBridge]);
};
