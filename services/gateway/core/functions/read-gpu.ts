import { refuse, type Refusal } from '@slipway/kernel';
import { ANY_GPU, canonicalGpuType, GPU_TYPES, type GpuNeed } from '@slipway/contracts';

const MAX_COUNT = 8;

/** The enum of clients from before GPUs had names; their number stands for a type. */
const BY_OLD_NUMBER: Readonly<Record<number, string>> = {
  1: 'T4',
  2: 'A100-40GB',
  3: 'A10',
  4: ANY_GPU,
  8: 'A100-80GB',
  9: 'L4',
  10: 'H100',
  11: 'L40S',
  12: 'H200',
};

export type GpuRequest = Readonly<{ type: number; count: number; gpuType: string }>;

/**
 * What a client's wish means: `H100`, `a10g`, `H100!` (no substitute wanted), `H100:2`, `any`.
 * Undefined where no GPU is asked for; a refusal that lists the types where the name is unknown.
 */
export const readGpu = (request: GpuRequest | undefined): GpuNeed | Refusal | undefined => {
  if (request === undefined || (request.gpuType === '' && request.type === 0)) return undefined;
  const [name = '', countText] = (request.gpuType || BY_OLD_NUMBER[request.type] || '').split(':');
  const type = canonicalGpuType(name.replace(/!$/, ''));
  if (type === undefined)
    return refuse(
      'invalid',
      'unknown-gpu',
      `Unknown GPU type '${name || request.type}'. The types are ${GPU_TYPES.join(', ')} and any; ` +
        `also A100 (= A100-40GB) and A10G (= A10). For two of them write "H100:2".`,
    );
  // Clients that name a type say how many, and 0 is a mistake of their users; older ones left 1 out.
  const said = request.gpuType === '' ? request.count || 1 : request.count;
  const count = countText === undefined ? said : Number(countText);
  if (!Number.isInteger(count) || count < 1 || count > MAX_COUNT)
    return refuse(
      'invalid',
      'gpu-count',
      `The GPU count '${countText ?? request.count}' must be from 1 to ${MAX_COUNT}.`,
    );
  return { type, count };
};
