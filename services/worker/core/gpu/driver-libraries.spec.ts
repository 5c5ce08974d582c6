import { bindLibraries, hasCuda, isDriverLibrary } from './driver-libraries.js';

const folder = '/usr/lib/x86_64-linux-gnu';
const cuda = { path: `${folder}/libcuda.so.580.159.04`, links: ['libcuda.so', 'libcuda.so.1'] };
const compiler = {
  path: `${folder}/libnvidia-nvvm.so.580.159.04`,
  links: ['libnvidia-nvvm.so', 'libnvidia-nvvm.so.4'],
};
const names = (libraries: Parameters<typeof bindLibraries>[0]) =>
  bindLibraries(libraries).map(({ destination }) => destination.split('/').at(-1));

describe("the driver's libraries", () => {
  test.each([
    ['libcuda.so.580.159.04', true],
    ['libnvidia-ml.so.580.159.04', true],
    ['libcuda.so.1', false],
    ['libcuda.so.550.90.12', false],
    ['libGLX_nvidia.so.580.159.04', false],
    ['libcudart.so.13', false],
  ])('%s is one to be lent: %s', (name, lent) => {
    expect(isDriverLibrary(name, '580.159.04')).toBe(lent);
  });

  test('stand under their own names and under those of the links beside them', () => {
    expect(names([cuda])).toEqual(['libcuda.so.580.159.04', 'libcuda.so.1', 'libcuda.so']);
    expect(names([compiler])).toEqual(['libnvidia-nvvm.so.580.159.04', 'libnvidia-nvvm.so.4']);
  });

  test('are asked for by a 1 where no link says otherwise', () => {
    expect(names([{ path: '/x/libnvidia-ml.so.535.1', links: [] }])).toEqual([
      'libnvidia-ml.so.535.1',
      'libnvidia-ml.so.1',
    ]);
  });

  test("are of use with the driver's own libcuda alone", () => {
    expect(hasCuda([compiler], '580.159.04')).toBe(false);
    expect(hasCuda([compiler, cuda], '580.159.04')).toBe(true);
    expect(hasCuda([compiler, cuda], '590.48.01')).toBe(false);
  });
});
