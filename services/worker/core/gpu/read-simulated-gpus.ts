import { canonicalGpuType, type GpuDevice } from '@slipway/contracts';

/**
 * Pretended GPUs, told as types and counts: `H100:8`, `A10G:1`. What has several names is offered by the one that functions ask for.
 * Throws where `variable` has something else.
 */
export const readSimulatedGpus = (variable: string, entries: readonly string[]): readonly GpuDevice[] =>
  entries
    .flatMap((entry) => {
      const [, name, count] = /^([A-Za-z0-9-]+):(\d{1,2})$/.exec(entry) ?? [];
      if (name === undefined)
        throw new Error(`${variable} has '${entry}', but must be a type and a count, such as H100:8`);
      return Array.from({ length: Number(count) }, () => canonicalGpuType(name) ?? name);
    })
    .map((type, index) => ({ index, type, simulated: true }));
