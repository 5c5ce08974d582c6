import fc from 'fast-check';
import { chainName, firewallRules } from './firewall-rules.js';
import {
  CONTAINERS_PER_BLOCK,
  NETWORK_BLOCKS,
  containerAddress,
  preferredBlock,
  workerNetwork,
} from './worker-network.js';

const block = fc.integer({ min: 0, max: NETWORK_BLOCKS - 1 });

describe('addresses of containers', () => {
  test('the worker is the first address of its block, containers follow', () => {
    const network = workerNetwork(1);
    expect(network).toMatchObject({ gateway: '10.64.4.1', cidr: '10.64.4.0/22' });
    expect(containerAddress(network, 0)).toBe('10.64.4.2');
    expect(containerAddress(network, CONTAINERS_PER_BLOCK - 1)).toBe('10.64.7.254');
  });

  test('the last block ends where the range ends', () => {
    expect(workerNetwork(NETWORK_BLOCKS - 1).cidr).toBe('10.127.252.0/22');
  });

  test('names fit into the kernel', () => {
    fc.assert(
      fc.property(fc.string(), block, (workerId, at) => {
        const network = workerNetwork(at);
        return network.openBridge.length <= 15 && chainName(workerId, network, 'FWD').length <= 28;
      }),
    );
  });

  test('a worker prefers the same block each time', () => {
    fc.assert(
      fc.property(fc.string(), (workerId) => {
        const at = preferredBlock(workerId);
        return at === preferredBlock(workerId) && at >= 0 && at < NETWORK_BLOCKS;
      }),
    );
  });
});

describe('firewall rules', () => {
  const network = workerNetwork(7);
  const rulesOf = (from: string) =>
    firewallRules('wo-1', network, 4000, ['203.0.113.9/32'])
      .find(({ enteredFrom }) => enteredFrom === from)!
      .rules.map((rule) => rule.join(' '));

  test("of the machine's own addresses only the relay is reached", () => {
    const open = rulesOf('INPUT').filter((rule) => rule.includes(network.openBridge));
    expect(open.at(-1)).toBe('-i slwo7 -j DROP');
    expect(open.filter((rule) => rule.endsWith('ACCEPT'))).toEqual([
      `-i slwo7 -d ${network.gateway} -p tcp --dport 4000 -j ACCEPT`,
      '-i slwo7 -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT',
    ]);
  });

  test('a blocked container is forwarded nowhere', () => {
    expect(rulesOf('FORWARD')[0]).toBe('-i slwb7 -j DROP');
  });

  test('metadata, neighbours and denied machines are refused before anything is let through', () => {
    const rules = rulesOf('FORWARD');
    const letThrough = rules.findIndex((rule) => rule.endsWith('ACCEPT'));
    for (const refused of ['-d 169.254.0.0/16', '-d 203.0.113.9/32', '-i slwo7 -o slwo+']) {
      const at = rules.findIndex((rule) => rule.includes(refused));
      expect(at).toBeGreaterThanOrEqual(0);
      expect(at).toBeLessThan(letThrough);
    }
  });
});
