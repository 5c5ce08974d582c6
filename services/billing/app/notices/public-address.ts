import { lookup } from 'node:dns/promises';
import { refuse } from '@slipway/kernel';
import { addressSpace } from '@slipway/nest-kit';
import { deny } from '../deny.js';

/** The address of a host that anybody may name: refuses what is this machine's own or behind it. */
export const publicAddress = async (host: string): Promise<string> => {
  const found = await lookup(host.replace(/^\[|\]$/g, ''), { all: true });
  const open = found.find(({ address }) => addressSpace(address) === 'public');
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
