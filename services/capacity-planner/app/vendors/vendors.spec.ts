import type { CloudVendor, HostOrder } from '@slipway/capacity-planner-core';
import { emptyCatalogue, faultText, refreshCatalogue } from '@slipway/capacity-planner-core';
import { DigitalOceanVendor } from './digitalocean-vendor.js';
import { FakeVendorApi, type Asked, type Reply } from './fake-vendor-api.testing.js';
import { LambdaVendor } from './lambda-vendor.js';
import { workerCloudInit } from './worker-cloud-init.js';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const HOST_ID = 'h-0123456789ab';
const bootstrap = { installCommand: '', environment: { NATS_URL: 'nats://10.0.0.1:4222' } };

type Scene = Readonly<{
  api: FakeVendorApi;
  vendor: CloudVendor;
  order: HostOrder;
  /** Machines of others in the same account, as its API would list them. */
  strangers: () => void;
  start: RegExp;
  full: Reply;
}>;

const order = (vendor: string, region: string, instanceType: string): HostOrder => ({
  ...{ hostId: HOST_ID, vendor, region, instanceType, zone: '', geo: 'us', purchase: 'on-demand' },
  ...{ offerId: `${vendor}/${region}/-/${instanceType}/on-demand`, gpuType: 'H100', gpuCount: 1 },
  billing: { priceMicroUsdPerNodeHour: 3_290_000, incrementSeconds: 60, minimumSeconds: 60 },
});

/** The shapes of Lambda's documentation, over machines that are kept. */
const lambdaScene = async (): Promise<Scene> => {
  const instances: Record<string, unknown>[] = [];
  const api = await FakeVendorApi.open(({ method, path, body }: Asked): Reply => {
    const asked = body as {
      name?: string;
      region_name?: string;
      instance_type_name?: string;
      instance_ids?: string[];
    };
    switch (`${method} ${path}`) {
      case 'GET /api/v1/instance-types':
        return {
          status: 200,
          body: {
            data: {
              gpu_1x_h100_sxm5: {
                instance_type: {
                  ...{ name: 'gpu_1x_h100_sxm5', description: '1x H100 (80 GB SXM5)' },
                  ...{ gpu_description: 'H100 (80 GB SXM5)', price_cents_per_hour: 329 },
                  specs: { vcpus: 26, memory_gib: 225, storage_gib: 2_816, gpus: 1 },
                },
                regions_with_capacity_available: [{ name: 'us-east-1', description: 'Virginia, USA' }],
              },
              gpu_8x_a100_80gb_sxm4: {
                instance_type: {
                  ...{ name: 'gpu_8x_a100_80gb_sxm4', description: '8x A100 (80 GB SXM4)' },
                  ...{ gpu_description: 'A100 (80 GB SXM4)', price_cents_per_hour: 1_432 },
                  specs: { vcpus: 240, memory_gib: 1_800, storage_gib: 19_968, gpus: 8 },
                },
                regions_with_capacity_available: [],
              },
            },
          },
        };
      case 'GET /api/v1/instances':
        return { status: 200, body: { data: instances } };
      case 'POST /api/v1/instance-operations/launch': {
        const id = `0920582c7ff041399e34823a0be6254${instances.length}`;
        instances.push({
          ...{ id, name: asked.name, status: 'booting', ip: '10.10.10.1', hostname: 'x' },
          region: { name: asked.region_name, description: '' },
          instance_type: { name: asked.instance_type_name, price_cents_per_hour: 329 },
        });
        return { status: 200, body: { data: { instance_ids: [id] } } };
      }
      case 'POST /api/v1/instance-operations/terminate':
        for (const instance of instances)
          if (asked.instance_ids?.includes(String(instance['id']))) instance['status'] = 'terminated';
        return { status: 200, body: { data: { terminated_instances: [] } } };
      default:
        return {
          status: 404,
          body: { error: { code: 'global/object-does-not-exist', message: 'not found' } },
        };
    }
  });
  const http = { baseUrl: `${api.url}/api/v1`, key: 'secret_lambda', spacingMs: 0, firstRetryMs: 1 };
  const strangers = (): void => {
    for (const name of ['h-100-training', 'h-', 'h-0123456789abc', undefined])
      instances.push({
        ...{ id: `stranger-${name}`, name, status: 'active', region: { name: 'us-east-1' } },
        instance_type: { name: 'gpu_1x_h100_sxm5', price_cents_per_hour: 329 },
      });
  };
  return {
    ...{ api, strangers },
    vendor: new LambdaVendor({ http, bootstrap, sshKeyName: 'ops', now: () => NOW }),
    order: order('lambda', 'us-east-1', 'gpu_1x_h100_sxm5'),
    start: /launch/,
    full: {
      status: 400,
      body: {
        error: {
          code: 'instance-operations/launch/insufficient-capacity',
          message: 'Not enough capacity to fulfill launch request.',
        },
      },
    },
  };
};

/** The shapes of DigitalOcean's documentation, over droplets that are kept. */
const digitalOceanScene = async (): Promise<Scene> => {
  const droplets: { id: number; tags: string[] }[] = [];
  const api = await FakeVendorApi.open(({ method, path, body }: Asked): Reply => {
    const { pathname, searchParams } = new URL(path, 'http://x');
    const asked = body as { name: string; region: string; size: string; tags: string[] };
    if (method === 'GET' && pathname === '/v2/sizes') {
      const size = {
        ...{ slug: 'gpu-h100x8-640gb', memory: 1_966_080, vcpus: 160, disk: 2_046, price_hourly: 23.92 },
        ...{ regions: ['nyc2'], available: true, gpu_info: { count: 8, model: 'nvidia_h100' } },
      };
      const small = { ...size, slug: 's-1vcpu-1gb', gpu_info: undefined };
      return searchParams.get('page') === '1'
        ? { status: 200, body: { sizes: [small], links: { pages: { next: `${path}&page=2` } } } }
        : { status: 200, body: { sizes: [size], links: {} } };
    }
    if (method === 'GET' && pathname === '/v2/droplets') {
      const tag = searchParams.get('tag_name') ?? '';
      return {
        status: 200,
        body: { droplets: droplets.filter(({ tags }) => tags.includes(tag)), links: {} },
      };
    }
    if (method === 'POST' && pathname === '/v2/droplets') {
      const droplet = {
        ...{ id: 3_164_444 + droplets.length, name: asked.name, status: 'new', tags: asked.tags },
        ...{ created_at: '2026-11-21T11:59:50Z', size_slug: asked.size, region: { slug: asked.region } },
        size: { slug: asked.size, price_hourly: 23.92 },
      };
      droplets.push(droplet);
      return { status: 202, body: { droplet } };
    }
    const index = droplets.findIndex(({ id }) => pathname === `/v2/droplets/${id}`);
    if (method === 'DELETE' && index >= 0) {
      droplets.splice(index, 1);
      return { status: 204 };
    }
    return {
      status: 404,
      body: { id: 'not_found', message: 'The resource you were accessing could not be found.' },
    };
  });
  const http = { baseUrl: `${api.url}/v2`, key: 'secret_do', spacingMs: 0, firstRetryMs: 1 };
  const strangers = (): void => {
    for (const tags of [[], ['slipway'], ['slipway-hostess:h-0123456789ab'], ['h-0123456789ab']])
      droplets.push({ id: droplets.length + 1, tags });
  };
  return {
    ...{ api, strangers },
    vendor: new DigitalOceanVendor({
      http,
      bootstrap,
      image: 'gpu-h100x8-base',
      sshKeyIds: [7],
      now: () => NOW,
    }),
    order: order('digitalocean', 'nyc2', 'gpu-h100x8-640gb'),
    start: /^\/v2\/droplets$/,
    full: {
      status: 422,
      body: { id: 'unprocessable_entity', message: 'Size is not available in this region.' },
    },
  };
};

describe.each([
  ['Lambda', lambdaScene],
  ['DigitalOcean', digitalOceanScene],
])('%s', (_, open) => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await open();
  });
  afterEach(() => scene.api.close());

  test('sells what the catalogue takes', async () => {
    const read = refreshCatalogue(emptyCatalogue, { rows: await scene.vendor.offers(), at: NOW });
    expect(read.faults.map(faultText)).toEqual([]);
    expect([...read.catalogue.offers.values()]).toMatchObject([
      { vendor: scene.order.vendor, instanceType: scene.order.instanceType, shape: { gpuType: 'H100' } },
    ]);
  });

  test('lists a host at the price of its offer', async () => {
    await scene.vendor.start(scene.order);
    const [listed] = await scene.vendor.list();
    const { catalogue } = refreshCatalogue(emptyCatalogue, { rows: await scene.vendor.offers(), at: NOW });
    expect(listed?.priceMicroUsdPerNodeHour).toBe(
      [...catalogue.offers.values()][0]?.billing.priceMicroUsdPerNodeHour,
    );
  });

  test('starts a host once, however often it is asked, lists it with its mark, and stops it', async () => {
    const { api, vendor } = scene;
    const first = await vendor.start(scene.order);
    expect(await vendor.start(scene.order)).toEqual(first);
    expect(api.count('POST', scene.start)).toBe(1);
    const [listed, ...others] = await vendor.list();
    expect(others).toEqual([]);
    expect(listed).toMatchObject({ hostId: HOST_ID, state: 'starting', region: scene.order.region });
    expect(first).toEqual({
      started: { vendorHostId: listed!.vendorHostId, billedFrom: listed!.billedFrom },
    });
    await vendor.stop(listed!);
    await vendor.stop(listed!);
    expect(await vendor.list()).toEqual([]);
    expect(new Set(api.asked.map(({ key }) => key)).size).toBe(1);
  });

  test('lists no machine of somebody else, however it is called', async () => {
    scene.strangers();
    expect(await scene.vendor.list()).toEqual([]);
  });

  test('tells the new machine by cloud-init who it is', async () => {
    await scene.vendor.start(scene.order);
    const asked = scene.api.asked.find(({ method, path }) => method === 'POST' && scene.start.test(path));
    const { user_data: userData } = asked?.body as { user_data: string };
    expect(userData.startsWith('#cloud-config\n')).toBe(true);
    expect(userData).toContain('WORKER_ID=\\"h-0123456789ab\\"\\n');
    expect(userData).toContain('NATS_URL=\\"nats://10.0.0.1:4222\\"\\n');
    // Its containers see none of the private addresses around it.
    expect(userData).toContain('WORKER_DENIED_NETWORKS=\\"10.0.0.0/8,');
  });

  test('that has no more says so: a refusal, not an error', async () => {
    const { api, vendor } = scene;
    const ask = async (reply: Reply | 'hang-up') => {
      const before = api.asked.length;
      const answer = vendor.start(scene.order);
      // The first question is whether the host is there already.
      while (api.asked.length === before) await new Promise((turn) => setImmediate(turn));
      api.next.push(reply);
      return answer;
    };
    expect(await ask(scene.full)).toMatchObject({ refused: { code: 'no-capacity' } });
  });

  test('whose answer to a start is lost is not asked again at once: the host is found by its mark', async () => {
    const { api, vendor } = scene;
    const lost = new Promise<unknown>((settled) => {
      const answer = vendor.start(scene.order);
      answer.then(settled, settled);
    });
    while (api.asked.length === 0) await new Promise((turn) => setImmediate(turn));
    api.next.push('hang-up');
    expect(await lost).toBeInstanceOf(Error);
    expect(api.count('POST', scene.start)).toBe(1);
    expect(await vendor.start(scene.order)).toHaveProperty('started');
  });

  test('that fails or asks for patience is asked again', async () => {
    scene.api.next.push({ status: 503 }, { status: 429, headers: { 'retry-after': '0' } }, 'hang-up');
    expect(await scene.vendor.list()).toEqual([]);
    expect(scene.api.asked).toHaveLength(4);
  });

  test('that goes on failing is an error that names the request and never the key', async () => {
    scene.api.next.push(...Array.from({ length: 4 }, () => ({ status: 500, body: { message: 'oops' } })));
    const failing = scene.vendor.list();
    await expect(failing).rejects.toThrow(
      /^GET \/(instances|droplets.*): the vendor answered 500 {"message":"oops"}$/,
    );
    await failing.catch((error: unknown) => expect(JSON.stringify(error)).not.toContain('secret'));
  });
});

test('what a machine is told cannot be taken for more of its settings', () => {
  const asked = order('lambda', 'us-east-1', 'x');
  const environment = { KEY: 'a"\nWORKER_ID=evil' };
  expect(workerCloudInit(asked, { installCommand: '', environment })).toContain(
    JSON.stringify('KEY="a\\"\nWORKER_ID=evil"\n').slice(1, -1),
  );
});
