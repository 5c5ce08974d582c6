import type { ChargedResource } from '../charges/charge.js';
import { isGpuSku, type Sku } from '../rates/sku.js';

/** What a charge is called in the terms of FOCUS: each service has one category and one subcategory. */
export type FocusService = Readonly<{ name: string; category: string; subcategory: string }>;

const SERVERLESS = { category: 'Compute', subcategory: 'Serverless Compute' } as const;

const COMPUTE = {
  serve: { name: 'Functions', ...SERVERLESS },
  sandbox: { name: 'Sandboxes', category: 'Compute', subcategory: 'Containers' },
  build: { name: 'Image builds', ...SERVERLESS },
} as const satisfies Record<Extract<ChargedResource, { kind: 'function' }>['purpose'], FocusService>;

/** What has no service of its own: credits, and what was put right as a whole. */
export const NO_SERVICE: FocusService = {
  name: 'Account',
  category: 'Other',
  subcategory: 'Other (Other)',
};

const DISK: FocusService = { name: 'Ephemeral disks', category: 'Storage', subcategory: 'Block Storage' };
const GPUS: FocusService = {
  name: 'GPUs',
  category: 'AI and Machine Learning',
  subcategory: 'Machine Learning',
};

const OF_SKU = {
  cpu: undefined,
  memory: undefined,
  disk: DISK,
  volume: { name: 'Volumes', category: 'Storage', subcategory: 'File Storage' },
  egress: { name: 'Egress', category: 'Networking', subcategory: 'Network Connectivity' },
} as const satisfies Record<Exclude<Sku, `gpu-${string}`>, FocusService | undefined>;

/** Cores and memory belong to what they were used for; all else is a service of its own. */
export const focusService = (sku: Sku, resource: ChargedResource): FocusService =>
  isGpuSku(sku)
    ? GPUS
    : (OF_SKU[sku as keyof typeof OF_SKU] ??
      COMPUTE[resource.kind === 'function' ? resource.purpose : 'serve']);
