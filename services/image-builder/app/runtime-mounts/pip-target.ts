import type { PythonTarget } from '@slipway/image-builder-core';

const platformsOf = ({ libc, arch }: PythonTarget): readonly string[] =>
  libc === 'gnu'
    ? [
        `manylinux_2_17_${arch}`,
        `manylinux2014_${arch}`,
        `manylinux_2_12_${arch}`,
        `manylinux_2_5_${arch}`,
        `manylinux1_${arch}`,
        `manylinux_2_28_${arch}`,
        `linux_${arch}`,
      ]
    : [`musllinux_1_2_${arch}`, `musllinux_1_1_${arch}`, `musllinux_1_0_${arch}`];

/** pip's arguments that ask for wheels for another Python than its own. */
export const pipTarget = (target: PythonTarget): readonly string[] => {
  const { python } = target;
  const abi = `cp${python.replace('.', '')}`;
  return [
    ...platformsOf(target).flatMap((platform) => ['--platform', platform]),
    '--python-version',
    python.replace(/t$/, ''),
    '--implementation',
    'cp',
    ...(python.endsWith('t') ? [abi] : [abi, 'abi3']).flatMap((tag) => ['--abi', tag]),
    '--abi',
    'none',
  ];
};
