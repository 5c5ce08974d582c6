import { BlockList } from 'node:net';

/** How near to this machine an address is: of the internet, of a network behind us, or of the machine and its link. */
export const ADDRESS_SPACES = ['public', 'private', 'own'] as const;
export type AddressSpace = (typeof ADDRESS_SPACES)[number];

const listOf = (...nets: readonly (readonly [string, number])[]): BlockList => {
  const list = new BlockList();
  for (const [net, prefix] of nets) list.addSubnet(net, prefix, net.includes(':') ? 'ipv6' : 'ipv4');
  return list;
};

/** Loopback, link-local, what clouds answer metadata at, and what is no single machine's address. */
const OWN = listOf(
  ['0.0.0.0', 8],
  ['100.100.100.200', 32],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.192', 32],
  ['224.0.0.0', 3],
  ['::', 127],
  ['fd00:ec2::254', 128],
  ['fe80::', 10],
  ['ff00::', 8],
);
const PRIVATE = listOf(
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['fc00::', 7],
);

export const addressSpace = (address: string): AddressSpace => {
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  // An IPv4 address in the dress of an IPv6 one: nobody honest writes one.
  if (/^::ffff:/i.test(address) || OWN.check(address, family)) return 'own';
  return PRIVATE.check(address, family) ? 'private' : 'public';
};
