import { lookup } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import { networkInterfaces } from 'node:os';
import { refuse, RefusedError } from '@slipway/kernel';
import { ADDRESS_SPACES, addressSpace, type AddressSpace } from '@slipway/nest-kit';

/** How near to this machine the requests for one registry may come: its own place, and where it sends them. */
export type Reach = Readonly<{
  /** Its name in references: by it the operator can trust it. */
  name: string;
  origin: string;
  /** Where it is. What was decided by them holds for them alone: whoever owns a name may say something else the next time. */
  addresses?: readonly LookupAddress[];
  itself: AddressSpace;
  elsewhere: AddressSpace;
}>;

/** For registries that the site's operator named, and for those that are written as this machine's own. */
export const anywhere = (name: string, base: string): Reach => ({
  name,
  origin: new URL(base).origin,
  itself: 'own',
  elsewhere: 'own',
});

/** A registry may be on a private network, and sends requests no nearer to this machine than it is. */
export const reachOf = async (name: string, base: string, addressesOf = resolve): Promise<Reach> => {
  const { origin, hostname } = new URL(base);
  const addresses = await addressesOf(hostname);
  const spaces = addresses.map(({ address }) => spaceOf(address));
  const isPrivate = spaces.length > 0 && !spaces.includes('public');
  return { name, origin, addresses, itself: 'private', elsewhere: isPrivate ? 'private' : 'public' };
};

/**
 * The addresses at which a URL may be asked for, and no other ones. None: nobody knows the name here.
 * Throws a RefusedError where all that it has are too near.
 */
export const allowedAddresses = async (
  url: URL,
  { name, origin, addresses, itself, elsewhere }: Reach,
  addressesOf = resolve,
): Promise<readonly LookupAddress[]> => {
  const isItself = url.origin === origin;
  const nearest = ADDRESS_SPACES.indexOf(isItself ? itself : elsewhere);
  const found = (isItself ? addresses : undefined) ?? (await addressesOf(url.hostname));
  const allowed = found.filter(({ address }) => ADDRESS_SPACES.indexOf(spaceOf(address)) <= nearest);
  if (found.length > 0 && allowed.length === 0) {
    throw new RefusedError(
      refuse(
        'invalid',
        'registry-inside',
        `${isItself ? `the registry '${name}'` : `the registry '${name}' leads to '${url.host}', which`} is inside this site. ` +
          `Whoever runs the site can trust it: IMAGE_BUILDER_REGISTRY_MIRRORS=${name}=${origin}`,
      ),
    );
  }
  return allowed;
};

const resolve = (hostname: string): Promise<readonly LookupAddress[]> =>
  lookup(hostname.replace(/^\[|\]$/g, ''), { all: true }).catch(() => []);

/** What this machine has on its networks is behind us too, whatever the number. */
const spaceOf = (address: string): AddressSpace => {
  const space = addressSpace(address);
  const isOurs = Object.values(networkInterfaces()).some((addresses = []) =>
    addresses.some((own) => own.address === address),
  );
  return space === 'public' && isOurs ? 'private' : space;
};
