import type { CloudVendor, HostOrder, Row, StartAnswer, VendorHost } from '@slipway/capacity-planner-core';
import { VendorHttp, VendorRequestError, type VendorHttpOptions } from './vendor-http.js';
import { workerCloudInit, type WorkerBootstrap } from './worker-cloud-init.js';

type Size = {
  slug: string;
  /** MiB */
  memory: number;
  vcpus: number;
  /** GiB */
  disk: number;
  price_hourly: number;
  regions: string[];
  available: boolean;
  gpu_info?: { count: number; model: string };
};
type Droplet = {
  id: number;
  status: 'new' | 'active' | 'off' | 'archive';
  created_at: string;
  size_slug: string;
  size: Pick<Size, 'price_hourly'>;
  region: { slug: string };
  tags: string[];
};
type Page = { links?: { pages?: { next?: string } } };

export type DigitalOceanOptions = Readonly<{
  http: VendorHttpOptions;
  /** The image of new droplets, such as `gpu-h100x1-base`. */
  image: string;
  sshKeyIds: readonly (number | string)[];
  bootstrap: WorkerBootstrap;
  now: () => number;
}>;

const OURS = 'slipway';
const MARK = 'slipway-host:';
const PER_PAGE = 200;

/** DigitalOcean, API v2. Droplets carry our mark as a tag, which is looked for before one is created; they are paid for until destroyed. */
export class DigitalOceanVendor implements CloudVendor {
  readonly vendor = 'digitalocean';
  readonly kind = 'real';
  private readonly http: VendorHttp;

  constructor(private readonly options: DigitalOceanOptions) {
    this.http = new VendorHttp(options.http);
  }

  async offers(): Promise<readonly Row[]> {
    const sizes = (await this.pages('/sizes', 'sizes')) as readonly Size[];
    const today = new Date(this.options.now()).toISOString().slice(0, 10);
    return sizes
      .filter(({ available, gpu_info: gpu }) => available && gpu !== undefined)
      .flatMap((size) =>
        size.regions.map((region, index): Row => ({
          ...{ file: 'digitalocean:/sizes', line: index + 1 },
          fields: {
            ...{
              vendor: this.vendor,
              region,
              geo: GEOS[region.slice(0, 3)] ?? 'us',
              instance_type: size.slug,
            },
            gpu: (size.gpu_info?.model ?? '').replace(/^(nvidia|amd)_/, ''),
            ...{ gpu_count: String(size.gpu_info?.count ?? 0), vcpus: String(size.vcpus) },
            ...{ memory_gib: String(size.memory / 1_024), local_disk_gib: String(size.disk) },
            on_demand_usd: usdPerHour(size),
            ...{ increment_s: '1', minimum_s: '300', lead_s: '240' },
            ...{ source: 'digitalocean /sizes', priced_on: today },
          },
        })),
      );
  }

  async start(order: HostOrder): Promise<StartAnswer> {
    const [before] = await this.droplets(`${MARK}${order.hostId}`);
    if (before !== undefined) return { started: startedAs(before) };
    try {
      const { droplet } = (await this.http.ask('POST', '/droplets', {
        repeat: 'once',
        body: {
          ...{
            name: order.hostId,
            region: order.region,
            size: order.instanceType,
            image: this.options.image,
          },
          ssh_keys: this.options.sshKeyIds,
          tags: [OURS, `${MARK}${order.hostId}`],
          user_data: workerCloudInit(order, this.options.bootstrap),
        },
      })) as { droplet: Droplet };
      return { started: startedAs(droplet) };
    } catch (error) {
      const refused = refusalOf(error);
      if (refused === undefined) throw error;
      return { refused };
    }
  }

  async stop({ vendorHostId }: Readonly<{ vendorHostId: string }>): Promise<void> {
    try {
      await this.http.ask('DELETE', `/droplets/${encodeURIComponent(vendorHostId)}`, {
        repeat: 'may-repeat',
      });
    } catch (error) {
      if (!(error instanceof VendorRequestError) || error.status !== 404) throw error;
    }
  }

  /** A droplet that is switched off is paid for as well. */
  async list(): Promise<readonly VendorHost[]> {
    return (await this.droplets(OURS)).flatMap((droplet): VendorHost[] => {
      const mark = droplet.tags.find((tag) => tag.startsWith(MARK));
      if (mark === undefined || droplet.status === 'archive') return [];
      return [
        {
          ...startedAs(droplet),
          ...{
            hostId: mark.slice(MARK.length),
            instanceType: droplet.size_slug,
            region: droplet.region.slug,
            priceMicroUsdPerNodeHour: Math.round(Number(usdPerHour(droplet.size)) * 1_000_000),
          },
          state: droplet.status === 'new' ? 'starting' : 'running',
        },
      ];
    });
  }

  private async droplets(tag: string): Promise<readonly Droplet[]> {
    return (await this.pages(
      `/droplets?tag_name=${encodeURIComponent(tag)}`,
      'droplets',
    )) as readonly Droplet[];
  }

  private async pages(path: string, name: string): Promise<readonly unknown[]> {
    const found: unknown[] = [];
    for (let page = 1; ; page += 1) {
      const joint = path.includes('?') ? '&' : '?';
      const answer = (await this.http.ask('GET', `${path}${joint}page=${page}&per_page=${PER_PAGE}`, {
        repeat: 'may-repeat',
      })) as Page & Readonly<Record<string, unknown>>;
      const rows = answer[name];
      if (!Array.isArray(rows))
        throw new Error(`digitalocean answered GET ${path} without a list of ${name}`);
      found.push(...(rows as unknown[]));
      if (answer.links?.pages?.next === undefined) return found;
    }
  }
}

/** As offers and listings both say it: a host costs what its offer did until the price changes. */
const usdPerHour = ({ price_hourly: price }: Pick<Size, 'price_hourly'>): string => price.toFixed(5);

const startedAs = ({ id, created_at: createdAt }: Droplet) => ({
  vendorHostId: String(id),
  billedFrom: Date.parse(createdAt),
});

const refusalOf = (error: unknown): Extract<StartAnswer, { refused: unknown }>['refused'] | undefined => {
  if (!(error instanceof VendorRequestError)) return undefined;
  const { message = '' } = (error.body as { message?: string } | undefined) ?? {};
  const because = `digitalocean: ${message} (${error.status})`;
  if (error.status === 401 || error.status === 403) return { code: 'not-allowed', because };
  if (error.status !== 422) return undefined;
  if (/limit/i.test(message)) return { code: 'quota', because };
  return {
    code: /not available|unavailable|capacity/i.test(message) ? 'no-capacity' : 'not-offered',
    because,
  };
};

const GEOS: Readonly<Record<string, string>> = {
  ...{ nyc: 'us', sfo: 'us', atl: 'us', tor: 'ca', ams: 'eu', fra: 'eu', lon: 'eu' },
  ...{ sgp: 'ap', blr: 'ap', syd: 'ap' },
};
