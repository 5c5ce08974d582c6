import { addressSpace } from './address-space.js';

test.each([
  ['8.8.8.8', 'public'],
  ['2001:4860:4860::8888', 'public'],
  ['10.1.2.3', 'private'],
  ['100.64.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.1.1', 'private'],
  ['fd12::1', 'private'],
  ['127.0.0.53', 'own'],
  ['0.0.0.0', 'own'],
  ['169.254.169.254', 'own'],
  ['100.100.100.200', 'own'],
  ['255.255.255.255', 'own'],
  ['::1', 'own'],
  ['fe80::1', 'own'],
  ['fd00:ec2::254', 'own'],
  ['::ffff:8.8.8.8', 'own'],
])('%s is %s', (address, space) => {
  expect(addressSpace(address)).toBe(space);
});
