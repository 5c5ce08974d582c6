import type { WorkerNetwork } from './worker-network.js';

export type FirewallChain = Readonly<{
  table: 'filter' | 'nat';
  name: string;
  /** The kernel's own chain from which ours is entered. */
  enteredFrom: 'INPUT' | 'FORWARD' | 'POSTROUTING';
  rules: readonly (readonly string[])[];
}>;

/** Cloud metadata, link-local neighbours. */
const NEVER_REACHED = ['169.254.0.0/16', '100.100.100.200/32', '192.0.0.192/32'];
/** The bridges of all workers of this machine. */
const ANY_BRIDGE = ['slwo+', 'slwb+'];

const established = ['-m', 'conntrack', '--ctstate', 'ESTABLISHED,RELATED'];

/** iptables takes at most 28 characters; the worker's block makes the name its own. */
export const chainName = (workerId: string, network: WorkerNetwork, part: string): string =>
  `SLIPWAY-${workerId.replaceAll(/[^A-Za-z0-9]/g, '').slice(-10)}-${network.block}-${part}`.slice(0, 28);

/**
 * What containers of one worker may reach: the blob relay, and from the open bridge the world outside of this machine.
 * Never the machine's own addresses, another container, or `denied` (the platform's other machines).
 */
export const firewallRules = (
  workerId: string,
  network: WorkerNetwork,
  relayPort: number,
  denied: readonly string[],
): readonly FirewallChain[] => {
  const { openBridge, blockedBridge, gateway, cidr } = network;
  const bridges = [openBridge, blockedBridge];
  const named = (part: string): string => chainName(workerId, network, part);
  return [
    {
      table: 'filter',
      name: named('IN'),
      enteredFrom: 'INPUT',
      rules: bridges.flatMap((bridge) => [
        ['-i', bridge, '-d', gateway, '-p', 'tcp', '--dport', `${relayPort}`, '-j', 'ACCEPT'],
        ['-i', bridge, ...established, '-j', 'ACCEPT'],
        ['-i', bridge, '-j', 'DROP'],
      ]),
    },
    {
      table: 'filter',
      name: named('FWD'),
      enteredFrom: 'FORWARD',
      rules: [
        ['-i', blockedBridge, '-j', 'DROP'],
        ['-o', blockedBridge, '-j', 'DROP'],
        ...ANY_BRIDGE.map((bridge) => ['-i', openBridge, '-o', bridge, '-j', 'DROP']),
        ...[...NEVER_REACHED, ...denied].map((range) => ['-i', openBridge, '-d', range, '-j', 'REJECT']),
        ['-i', openBridge, '-s', cidr, '-j', 'ACCEPT'],
        ['-o', openBridge, ...established, '-j', 'ACCEPT'],
        ['-i', openBridge, '-j', 'DROP'],
        ['-o', openBridge, '-j', 'DROP'],
      ],
    },
    {
      table: 'nat',
      name: named('NAT'),
      enteredFrom: 'POSTROUTING',
      rules: [['-s', cidr, '!', '-o', openBridge, '-j', 'MASQUERADE']],
    },
  ];
};
