/** Words of product names that say nothing of the model. */
const MAKERS = /^(NVIDIA|Tesla|GeForce|Quadro)$/i;

/** What a product is asked for as, where that is not the first word of its name. */
const OTHER_NAMES: Readonly<Record<string, string>> = { A10G: 'A10' };

/** Models that come with different amounts of memory, which their users tell apart: in MiB, largest first. */
const BY_MEMORY: Readonly<Record<string, readonly (readonly [leastMiB: number, type: string])[]>> = {
  A100: [
    [60_000, 'A100-80GB'],
    [0, 'A100-40GB'],
  ],
};

/**
 * The name under which functions ask for a product: `NVIDIA H100 80GB HBM3` is an `H100`, `NVIDIA A100-SXM4-40GB` an
 * `A100-40GB`, `NVIDIA RTX PRO 6000 Blackwell Server Edition` an `RTX-PRO-6000`.
 */
export const gpuTypeOf = (productName: string, memoryMiB: number): string => {
  const words = productName.split(/[\s-]+/).filter((word) => !MAKERS.test(word));
  const model = words[0] ?? productName;
  if (model === 'RTX') return words.slice(0, words[1] === 'PRO' ? 3 : 2).join('-');
  const type = OTHER_NAMES[model] ?? model;
  return BY_MEMORY[type]?.find(([leastMiB]) => memoryMiB >= leastMiB)?.[1] ?? type;
};
