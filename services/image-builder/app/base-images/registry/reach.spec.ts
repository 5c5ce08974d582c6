import { allowedAddresses, anywhere, reachOf } from './reach.js';

const NAMES: Readonly<Record<string, readonly string[]>> = {
  'hub.example': ['203.0.113.7'],
  'cdn.example': ['203.0.113.8', '10.0.0.9'],
  'registry.corp': ['10.0.0.5'],
  'login.corp': ['10.0.0.6'],
  'both.corp': ['2001:db8::5', '10.0.0.5'],
  'here.example': ['127.0.0.1'],
};
const addressesOf = async (host: string) =>
  (NAMES[host] ?? (/^[\d.[]/.test(host) ? [host.replace(/^\[|\]$/g, '')] : [])).map((address) => ({
    address,
    family: address.includes(':') ? 6 : 4,
  }));

const reached = async (registry: string, url: string) => {
  const reach = await reachOf(registry, `https://${registry}`, addressesOf);
  return (await allowedAddresses(new URL(url), reach, addressesOf)).map(({ address }) => address);
};

describe('the requests for a registry', () => {
  test.each([
    ['hub.example', 'https://hub.example/v2/', ['203.0.113.7']],
    ['hub.example', 'https://cdn.example/blob', ['203.0.113.8']],
    ['registry.corp', 'https://registry.corp/v2/', ['10.0.0.5']],
    ['registry.corp', 'http://login.corp/token', ['10.0.0.6']],
    ['registry.corp', 'https://hub.example/blob', ['203.0.113.7']],
    ['both.corp', 'https://both.corp/v2/', ['2001:db8::5', '10.0.0.5']],
    ['hub.example', 'https://nobody.knows/', []],
  ])('of %s reach %s', async (registry, url, addresses) => {
    expect(await reached(registry, url)).toEqual(addresses);
  });

  test.each([
    ['hub.example', 'http://login.corp/token'],
    ['hub.example', 'http://127.0.0.1:8222/varz'],
    ['hub.example', 'http://[::1]/'],
    ['hub.example', 'http://[::ffff:127.0.0.1]/'],
    ['both.corp', 'http://login.corp/'],
    ['registry.corp', 'http://127.0.0.1:8222/varz'],
    ['registry.corp', 'http://169.254.169.254/latest/meta-data/'],
    ['registry.corp', 'http://[fe80::1]/'],
    ['here.example', 'https://here.example/v2/'],
    ['169.254.169.254', 'https://169.254.169.254/v2/'],
  ])('of %s do not reach %s', async (registry, url) => {
    await expect(reached(registry, url)).rejects.toThrow('inside this site');
  });

  test('reach anything where the operator named the registry, or its name is this machine itself', async () => {
    const url = new URL('http://127.0.0.1:5001/token');
    expect(
      await allowedAddresses(url, anywhere('localhost:5000', 'http://localhost:5000'), addressesOf),
    ).toHaveLength(1);
  });

  test('go where the registry was when it was looked at, whatever its name says later', async () => {
    const reach = await reachOf('hub.example', 'https://hub.example', addressesOf);
    const moved = async () => [{ address: '10.0.0.1', family: 4 }];
    const url = new URL('https://hub.example/v2/');
    expect((await allowedAddresses(url, reach, moved)).map(({ address }) => address)).toEqual([
      '203.0.113.7',
    ]);
  });

  test('are refused with the name by which the operator can trust the registry', async () => {
    const reach = await reachOf('docker.io', 'https://here.example', addressesOf);
    await expect(allowedAddresses(new URL('https://here.example/v2/'), reach, addressesOf)).rejects.toThrow(
      'IMAGE_BUILDER_REGISTRY_MIRRORS=docker.io=https://here.example',
    );
  });
});
