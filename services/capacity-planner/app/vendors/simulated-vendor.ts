import type { CloudVendor, HostOrder, Row, StartAnswer, VendorHost } from '@slipway/capacity-planner-core';
import type { SimulatedOffer } from '../simulated-cloud/simulated-offers.js';

export const SIMULATED_VENDORS = ['simulated-north', 'simulated-south'] as const;

const ANSWER_WITHIN_MS = 5_000;

type Listed = SimulatedOffer & Readonly<{ nowMicroUsd: number; spotNowMicroUsd: number }>;

export type SimulatedCloudAccess = Readonly<{ url: string; key: string }>;

/** A vendor of the simulated cloud, over its API. */
export class SimulatedVendor implements CloudVendor {
  readonly kind = 'simulated';

  constructor(
    readonly vendor: string,
    private readonly cloud: SimulatedCloudAccess,
  ) {}

  async offers(): Promise<readonly Row[]> {
    const offers = (await this.ask('GET', `/offers/${this.vendor}`)) as readonly Listed[];
    const today = new Date().toISOString().slice(0, 10);
    return offers.map((offer, index) => ({
      ...{ file: this.vendor, line: index + 1 },
      fields: {
        ...{ vendor: offer.vendor, region: offer.region, geo: offer.geo, instance_type: offer.instanceType },
        ...{ gpu: offer.gpu, gpu_count: String(offer.gpuCount), vcpus: String(offer.vcpus) },
        memory_gib: String(offer.memoryGiB),
        on_demand_usd: (offer.nowMicroUsd / 1_000_000).toFixed(6),
        spot_usd: (offer.spotNowMicroUsd / 1_000_000).toFixed(6),
        ...{ increment_s: '1', minimum_s: '60', lead_s: '20', source: 'simulator', priced_on: today },
      },
    }));
  }

  async start(order: HostOrder): Promise<StartAnswer> {
    return (await this.ask('POST', `/hosts/${this.vendor}`, order)) as StartAnswer;
  }

  async stop({ vendorHostId }: Readonly<{ vendorHostId: string }>): Promise<void> {
    await this.ask('DELETE', `/hosts/${this.vendor}/${vendorHostId.replace(/^sim-/, '')}`);
  }

  async list(): Promise<readonly VendorHost[]> {
    return (await this.ask('GET', `/hosts/${this.vendor}`)) as readonly VendorHost[];
  }

  private async ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(new URL(path, this.cloud.url), {
      method,
      headers: { authorization: `Bearer ${this.cloud.key}` },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: the simulator answered ${response.status} ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  }
}
