import { withGpus } from './gpu-environment.js';

const driver = { LD_LIBRARY_PATH: '/driver', NVIDIA_VISIBLE_DEVICES: '0' };

describe('the environment of a container with GPUs', () => {
  test('finds the driver', () => {
    expect(withGpus({ PATH: '/bin' }, driver)).toEqual({ PATH: '/bin', ...driver });
  });

  test('keeps the folders that the image or a secret names before it', () => {
    expect(withGpus({ LD_LIBRARY_PATH: '/a:/b' }, driver)['LD_LIBRARY_PATH']).toBe('/a:/b:/driver');
  });

  test('names no folder twice, and none that is empty: that would be where the program stands', () => {
    expect(withGpus({ LD_LIBRARY_PATH: ':/driver:/a:' }, driver)['LD_LIBRARY_PATH']).toBe('/a:/driver');
  });

  test('is as it was where there are no libraries to find', () => {
    expect(withGpus({ LD_LIBRARY_PATH: '/a:' }, { NVIDIA_VISIBLE_DEVICES: 'void' })).toEqual({
      LD_LIBRARY_PATH: '/a:',
      NVIDIA_VISIBLE_DEVICES: 'void',
    });
  });
});
