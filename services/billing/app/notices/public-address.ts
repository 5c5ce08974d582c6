import { BlockList } from 'node:net';
import { lookup } from 'node:dns/promises';
import { refuse } from '@slipway/kernel';
import { deny } from '../deny.js';

const INNER = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  INNER.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  INNER.addSubnet(net, prefix, 'ipv6');

/** Whether an address is one of this machine or of a network behind it. */
export const isInner = (address: string): boolean =>
  address.includes(':')
    ? INNER.check(address, 'ipv6') || /^::ffff:/i.test(address)
    : INNER.check(address, 'ipv4');

/** The address of a host that anybody may name: refuses what is this machine's own or behind it. */
export const publicAddress = async (host: string): Promise<string> => {
  const found = await lookup(host.replace(/^\[|\]$/g, ''), { all: true });
  const open = found.find(({ address }) => !isInner(address));
  if (open === undefined)
    return deny(
      refuse(
        'invalid',
        'webhook-inside',
        `'${host}' is an address inside this network: webhooks go outside.`,
      ),
    );
  return open.address;
};
