import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { workerNetwork, NETWORK_BLOCKS } from '@slipway/worker-core';
import { raiseBridges, removeBridges } from './bridges.js';

const network = workerNetwork(NETWORK_BLOCKS - 1);
const bridges = [network.openBridge, network.blockedBridge];
const addresses = (): readonly string[] =>
  bridges.map((bridge) => readFileSync(`/sys/class/net/${bridge}/address`, 'utf8').trim());

const ip = (...words: readonly string[]): void => void execFileSync('ip', words);

/** Tests that make interfaces need root. */
const asRoot = process.getuid?.() === 0 ? test : test.skip;

asRoot('the bridges keep their hardware addresses when containers come and go', async () => {
  await raiseBridges(network);
  try {
    const before = addresses();
    expect(before).toEqual([network.openHardwareAddress, network.blockedHardwareAddress]);
    for (const [index, bridge] of bridges.entries()) {
      const [port, peer] = [`slwspec${index}`, `slwspec${index}p`];
      // No other port's can be lower than this.
      ip('link', 'add', port, 'address', '02:00:00:00:00:01', 'type', 'veth', 'peer', 'name', peer);
      ip('link', 'set', port, 'master', bridge, 'up');
    }
    expect(addresses()).toEqual(before);
    bridges.forEach((_, index) => ip('link', 'delete', `slwspec${index}`));
    expect(addresses()).toEqual(before);
    await raiseBridges(network);
    expect(addresses()).toEqual(before);
  } finally {
    await removeBridges(network);
  }
});
