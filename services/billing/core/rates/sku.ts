/** What is sold: each thing that is metered, and each type of GPU for itself. */
export type Sku = 'cpu' | 'memory' | 'disk' | 'egress' | 'volume' | `gpu-${string}`;

/** How a SKU is counted: prices are per `unit`, quantities are whole base units, of which `baseUnits` make one unit. */
export type SkuUnit = Readonly<{ unit: string; baseUnits: bigint }>;

const NANOSECONDS = 1_000_000_000n;
const BYTES_PER_GIB = 1n << 30n;
/** 730 hours: a year's twelfth, so that every month costs the same for the same bytes and seconds. */
const SECONDS_PER_MONTH = 2_628_000n;

const UNITS = {
  cpu: { unit: 'core-second', baseUnits: NANOSECONDS },
  memory: { unit: 'GiB-second', baseUnits: BYTES_PER_GIB },
  disk: { unit: 'GiB-second', baseUnits: BYTES_PER_GIB },
  egress: { unit: 'GiB', baseUnits: BYTES_PER_GIB },
  volume: { unit: 'GiB-month', baseUnits: BYTES_PER_GIB * SECONDS_PER_MONTH * NANOSECONDS },
} as const satisfies Record<Exclude<Sku, `gpu-${string}`>, SkuUnit>;

const GPU_UNIT: SkuUnit = { unit: 'GPU-second', baseUnits: NANOSECONDS };
const GPU = /^gpu-[A-Z0-9][A-Za-z0-9-]{0,31}$/;

export const isSku = (text: string): text is Sku => Object.hasOwn(UNITS, text) || GPU.test(text);

export const isGpuSku = (sku: Sku): sku is `gpu-${string}` => sku.startsWith('gpu-');

export const skuUnit = (sku: Sku): SkuUnit =>
  isGpuSku(sku) ? GPU_UNIT : UNITS[sku as Exclude<Sku, `gpu-${string}`>];

/** What a container uses while it runs, and so what regions and being left alone make dearer. */
export const isCompute = (sku: Sku): boolean => isGpuSku(sku) || sku === 'cpu' || sku === 'memory';

/** As bills name it: `CPU`, `Memory`, `H100`. */
export const skuName = (sku: Sku): string =>
  isGpuSku(sku) ? sku.slice('gpu-'.length) : NAMES[sku as keyof typeof NAMES];

const NAMES = {
  cpu: 'CPU',
  memory: 'Memory',
  disk: 'Ephemeral disk',
  egress: 'Egress',
  volume: 'Volume storage',
} as const;
