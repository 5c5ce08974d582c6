import { gpuTypeOf } from './gpu-type.js';

describe('a product is offered under the name that functions ask for', () => {
  test.each([
    ['NVIDIA H100 80GB HBM3', 81_559, 'H100'],
    ['NVIDIA H100 PCIe', 81_559, 'H100'],
    ['NVIDIA H100 NVL', 95_830, 'H100'],
    ['NVIDIA H200', 143_771, 'H200'],
    ['NVIDIA B200', 183_359, 'B200'],
    ['NVIDIA B300 SXM6 AC', 275_040, 'B300'],
    ['NVIDIA A100-SXM4-40GB', 40_960, 'A100-40GB'],
    ['NVIDIA A100-PCIE-40GB', 40_960, 'A100-40GB'],
    ['NVIDIA A100-SXM4-80GB', 81_920, 'A100-80GB'],
    ['NVIDIA A100 80GB PCIe', 81_920, 'A100-80GB'],
    ['NVIDIA A10G', 23_028, 'A10'],
    ['NVIDIA A10', 23_028, 'A10'],
    ['NVIDIA L4', 23_034, 'L4'],
    ['NVIDIA L40S', 46_068, 'L40S'],
    ['Tesla T4', 15_360, 'T4'],
    ['NVIDIA RTX PRO 6000 Blackwell Server Edition', 97_887, 'RTX-PRO-6000'],
    ['NVIDIA GeForce RTX 4090', 24_564, 'RTX-4090'],
  ])('%s with %i MiB: %s', (name, memoryMiB, type) => {
    expect(gpuTypeOf(name, memoryMiB)).toBe(type);
  });
});
