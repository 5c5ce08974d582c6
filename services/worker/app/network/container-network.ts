import { PREFIX_LENGTH, containerAddress, type WorkerNetwork } from '@slipway/worker-core';
import { runCommand, tryCommand } from '../command/run-command.js';

export type ContainerNetwork = Readonly<{ namespacePath: string; address: string; place: number }>;

/** All names that this worker gives begin so; what an earlier boot left is found by it. */
export const namespacePrefix = (network: WorkerNetwork): string => `slw-${network.block}-`;

/** The host's end of the interface of the container at a place. */
export const hostInterface = (network: WorkerNetwork, place: number): string => names(network, place).hostEnd;

const names = (network: WorkerNetwork, place: number) => ({
  namespace: `${namespacePrefix(network)}${place}`,
  hostEnd: `slw${network.block}v${place}`,
});

/**
 * A network namespace with an eth0 that leads to the worker's bridge. Its port is isolated: frames go to the worker, never
 * to another container. Blocked containers hang on the bridge from which nothing is forwarded.
 */
export const makeContainerNetwork = async (
  network: WorkerNetwork,
  place: number,
  reach: 'open' | 'blocked',
): Promise<ContainerNetwork> => {
  const { namespace, hostEnd } = names(network, place);
  const address = containerAddress(network, place);
  const bridge = reach === 'open' ? network.openBridge : network.blockedBridge;
  await runCommand('ip', ['netns', 'add', namespace]);
  await runCommand('ip', ['-batch', '-'], {
    input: [
      `link add ${hostEnd} type veth peer name eth0 netns ${namespace}`,
      `link set ${hostEnd} master ${bridge} up`,
      `link set ${hostEnd} type bridge_slave isolated on`,
      ...(reach === 'blocked' ? [`route replace ${address}/32 dev ${bridge}`] : []),
    ].join('\n'),
  });
  await runCommand('ip', ['-netns', namespace, '-batch', '-'], {
    input: [
      'link set lo up',
      'link set eth0 addrgenmode none',
      `address add ${address}/${PREFIX_LENGTH} dev eth0`,
      'link set eth0 up',
      `route add default via ${network.gateway}`,
    ].join('\n'),
  });
  return { namespacePath: `/run/netns/${namespace}`, address, place };
};

export const removeContainerNetwork = async (network: WorkerNetwork, place: number): Promise<void> => {
  const { namespace, hostEnd } = names(network, place);
  await tryCommand('ip', ['link', 'delete', hostEnd]);
  await tryCommand('ip', [
    'route',
    'delete',
    `${containerAddress(network, place)}/32`,
    'dev',
    network.blockedBridge,
  ]);
  await tryCommand('ip', ['netns', 'delete', namespace]);
};
