/** Every GPU type that can be asked for, by its canonical name. */
export const GPU_TYPES = [
  'T4',
  'L4',
  'A10',
  'L40S',
  'A100-40GB',
  'A100-80GB',
  'H100',
  'H200',
  'B200',
  'B300',
  'RTX-PRO-6000',
] as const;

export const ANY_GPU = 'any';

const ALIASES: Readonly<Record<string, string>> = {
  A10G: 'A10',
  A100: 'A100-40GB',
  ANY: ANY_GPU,
  'RTX-PRO-6000-BLACKWELL': 'RTX-PRO-6000',
};

const CANONICAL = new Map<string, string>([
  ...GPU_TYPES.map((name): [string, string] => [name, name]),
  ...Object.entries(ALIASES),
]);

/** The canonical name of a type, or `any`, however it is written: `a10g` is an `A10`. Undefined where there is none of that name. */
export const canonicalGpuType = (name: string): string | undefined => CANONICAL.get(name.toUpperCase());
