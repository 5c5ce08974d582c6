import type { CloudVendor } from '@slipway/capacity-planner-core';
import { DigitalOceanVendor } from './digitalocean-vendor.js';
import { LambdaVendor } from './lambda-vendor.js';
import { SIMULATED_VENDORS, SimulatedVendor, type SimulatedCloudAccess } from './simulated-vendor.js';
import type { WorkerBootstrap } from './worker-cloud-init.js';

/** Which vendors may be asked, and with what; none of them unless the operator names it. */
export type VendorsConfig = Readonly<{
  /** The simulated cloud's API: simulated vendors take part. */
  simulatedCloud?: SimulatedCloudAccess;
  lambda?: Readonly<{ url: string; key: string; sshKeyName: string }>;
  digitalOcean?: Readonly<{ url: string; token: string; image: string; sshKeyIds: readonly string[] }>;
  bootstrap: WorkerBootstrap;
}>;

/** Lambda allows a request a second, DigitalOcean 250 a minute. */
const LAMBDA_SPACING_MS = 1_000;
const DIGITALOCEAN_SPACING_MS = 250;

export const openVendors = (
  { simulatedCloud, lambda, digitalOcean, bootstrap }: VendorsConfig,
  now: () => number,
): readonly CloudVendor[] => [
  ...(simulatedCloud === undefined
    ? []
    : SIMULATED_VENDORS.map((vendor) => new SimulatedVendor(vendor, simulatedCloud))),
  ...(lambda === undefined
    ? []
    : [
        new LambdaVendor({
          http: { baseUrl: lambda.url, key: lambda.key, spacingMs: LAMBDA_SPACING_MS },
          ...{ sshKeyName: lambda.sshKeyName, bootstrap, now },
        }),
      ]),
  ...(digitalOcean === undefined
    ? []
    : [
        new DigitalOceanVendor({
          http: { baseUrl: digitalOcean.url, key: digitalOcean.token, spacingMs: DIGITALOCEAN_SPACING_MS },
          ...{ image: digitalOcean.image, sshKeyIds: digitalOcean.sshKeyIds, bootstrap, now },
        }),
      ]),
];
