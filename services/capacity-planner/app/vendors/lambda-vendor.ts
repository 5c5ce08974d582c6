import {
  isHostId,
  type CloudVendor,
  type HostOrder,
  type Row,
  type StartAnswer,
  type VendorHost,
} from '@slipway/capacity-planner-core';
import { VendorHttp, VendorRequestError, type VendorHttpOptions } from './vendor-http.js';
import { workerCloudInit, type WorkerBootstrap } from './worker-cloud-init.js';

type InstanceType = {
  instance_type: {
    name: string;
    gpu_description: string;
    price_cents_per_hour: number;
    specs: { vcpus: number; memory_gib: number; storage_gib: number; gpus: number };
  };
  regions_with_capacity_available: { name: string }[];
};
type Instance = {
  id: string;
  name?: string;
  status: string;
  region: { name: string };
  instance_type: { name: string; price_cents_per_hour: number };
};

export type LambdaOptions = Readonly<{
  http: VendorHttpOptions;
  /** Lambda starts no machine without one. */
  sshKeyName: string;
  bootstrap: WorkerBootstrap;
  now: () => number;
}>;

const MICRO_USD_PER_CENT = 10_000;
/** Statuses in which a machine is ours and paid for. */
const ALIVE: Readonly<Record<string, VendorHost['state']>> = {
  booting: 'starting',
  active: 'running',
  unhealthy: 'running',
  terminating: 'stopping',
};

/**
 * Lambda Cloud, API v1. It knows no idempotency key and dates nothing: our mark is the instance's name, looked for before a
 * launch, and a machine counts from the moment of its launch.
 */
export class LambdaVendor implements CloudVendor {
  readonly vendor = 'lambda';
  readonly kind = 'real';
  private readonly http: VendorHttp;
  private readonly firstSeenAt = new Map<string, number>();

  constructor(private readonly options: LambdaOptions) {
    this.http = new VendorHttp(options.http);
  }

  /** Types that have capacity somewhere now, one row for each such region. */
  async offers(): Promise<readonly Row[]> {
    const types = (await this.get('/instance-types')) as Record<string, InstanceType>;
    const today = new Date(this.options.now()).toISOString().slice(0, 10);
    return Object.values(types).flatMap(({ instance_type: type, regions_with_capacity_available: regions }) =>
      regions.map(({ name: region }, index): Row => ({
        ...{ file: 'lambda:/instance-types', line: index + 1 },
        fields: {
          ...{ vendor: this.vendor, region, geo: geoOf(region), instance_type: type.name },
          ...{ gpu: gpuOf(type.gpu_description), gpu_count: String(type.specs.gpus) },
          ...{ vcpus: String(type.specs.vcpus), memory_gib: String(type.specs.memory_gib) },
          local_disk_gib: String(type.specs.storage_gib),
          on_demand_usd: (type.price_cents_per_hour / 100).toFixed(2),
          ...{ increment_s: '60', minimum_s: '60', lead_s: '300' },
          ...{ source: 'lambda /instance-types', priced_on: today },
        },
      })),
    );
  }

  async start(order: HostOrder): Promise<StartAnswer> {
    const before = (await this.instances()).find(
      ({ name, status }) => name === order.hostId && status in ALIVE,
    );
    if (before !== undefined) return { started: this.startedAs(before.id) };
    try {
      const launched = (await this.http.ask('POST', '/instance-operations/launch', {
        repeat: 'once',
        body: {
          region_name: order.region,
          instance_type_name: order.instanceType,
          ssh_key_names: [this.options.sshKeyName],
          name: order.hostId,
          user_data: workerCloudInit(order, this.options.bootstrap),
        },
      })) as { data: { instance_ids: string[] } };
      const [id] = launched.data.instance_ids;
      if (id === undefined) throw new Error('lambda answered a launch without an instance id');
      return { started: this.startedAs(id) };
    } catch (error) {
      const refused = refusalOf(error);
      if (refused === undefined) throw error;
      return { refused };
    }
  }

  /** What is gone already is done: Lambda then no longer knows the id. */
  async stop({ vendorHostId }: Readonly<{ vendorHostId: string }>): Promise<void> {
    try {
      await this.http.ask('POST', '/instance-operations/terminate', {
        repeat: 'may-repeat',
        body: { instance_ids: [vendorHostId] },
      });
    } catch (error) {
      if (!(error instanceof VendorRequestError) || error.status !== 404) throw error;
    }
  }

  async list(): Promise<readonly VendorHost[]> {
    return (await this.instances()).flatMap((instance): VendorHost[] => {
      const state = ALIVE[instance.status];
      const { name } = instance;
      if (state === undefined || name === undefined || !isHostId(name)) return [];
      return [
        {
          ...{ hostId: name, state, region: instance.region.name, instanceType: instance.instance_type.name },
          ...this.startedAs(instance.id),
          priceMicroUsdPerNodeHour: Math.round(
            instance.instance_type.price_cents_per_hour * MICRO_USD_PER_CENT,
          ),
        },
      ];
    });
  }

  private startedAs(vendorHostId: string): Readonly<{ vendorHostId: string; billedFrom: number }> {
    const billedFrom = this.firstSeenAt.get(vendorHostId) ?? this.options.now();
    this.firstSeenAt.set(vendorHostId, billedFrom);
    return { vendorHostId, billedFrom };
  }

  private async instances(): Promise<readonly Instance[]> {
    return (await this.get('/instances')) as readonly Instance[];
  }

  private async get(path: string): Promise<unknown> {
    return ((await this.http.ask('GET', path, { repeat: 'may-repeat' })) as { data: unknown }).data;
  }
}

const REFUSALS = [
  [/insufficient-capacity/, 'no-capacity'],
  [/quota/, 'quota'],
  [/invalid-api-key|account-inactive|permission|unauthorized/, 'not-allowed'],
  [/object-does-not-exist|invalid-parameters/, 'not-offered'],
] as const;

/** Lambda names each obstacle by a code such as `instance-operations/launch/insufficient-capacity`. */
const refusalOf = (error: unknown): Extract<StartAnswer, { refused: unknown }>['refused'] | undefined => {
  if (!(error instanceof VendorRequestError)) return undefined;
  const { code = '', message = '' } =
    (error.body as { error?: { code?: string; message?: string } })?.error ?? {};
  const known = REFUSALS.find(([pattern]) => pattern.test(code));
  if (known === undefined) return undefined;
  return { code: known[1], because: `lambda: ${message} (${code})` };
};

/** `H100 (80 GB SXM5)` */
const gpuOf = (description: string): string => {
  const match = /^([A-Z]+\d+[A-Z]*)\s*(?:\((\d+) GB)?/i.exec(description);
  const [, name = description, gigabytes] = match ?? [];
  return name === 'A100' && gigabytes !== undefined ? `A100-${gigabytes}GB` : name;
};

const GEOS = ['us', 'eu', 'europe', 'asia', 'me', 'australia'];
const geoOf = (region: string): string => {
  const [first = ''] = region.split('-');
  if (first === 'europe') return 'eu';
  return GEOS.includes(first) ? first : 'us';
};
