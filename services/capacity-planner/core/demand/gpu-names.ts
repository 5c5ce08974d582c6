import { CPU_ONLY, type GpuType } from '../catalogue/offer.js';

/** Where functions and the catalogue call one GPU by two names. */
const CATALOGUE_NAMES: Readonly<Record<string, GpuType>> = {
  A10: 'A10G',
  'A100-40GB': 'A100-40',
  'A100-80GB': 'A100-80',
};
const FUNCTION_NAMES = new Map(Object.entries(CATALOGUE_NAMES).map(([fn, catalogue]) => [catalogue, fn]));

/** What a function's GPU is called in the catalogue. */
export const catalogueGpuOf = (gpu: string): GpuType => CATALOGUE_NAMES[gpu] ?? gpu;

/** What functions and workers call a GPU of the catalogue; undefined for a node without one. */
export const functionGpuOf = (gpuType: GpuType): string | undefined =>
  gpuType === CPU_ONLY ? undefined : (FUNCTION_NAMES.get(gpuType) ?? gpuType);
