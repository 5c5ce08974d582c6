import { readDeviceMinor, readDriverReport } from './driver-report.js';

const H100 =
  '0, GPU-7f0c1f6e-3a0b-4f4e-9f43-0e3e1d6e2f11, 81559, 00000000:00:04.0, Disabled, 580.159.04, NVIDIA H100 80GB HBM3';

describe("the driver's answer", () => {
  test('names each GPU with its memory and the place in the kernel', () => {
    expect(readDriverReport(`${H100}\n`)).toEqual({
      driverVersion: '580.159.04',
      gpus: [
        {
          index: 0,
          uuid: 'GPU-7f0c1f6e-3a0b-4f4e-9f43-0e3e1d6e2f11',
          name: 'NVIDIA H100 80GB HBM3',
          memoryMiB: 81559,
          busId: '0000:00:04.0',
          cut: 'whole',
        },
      ],
    });
  });

  test('says of a GPU whether it is cut into instances', () => {
    expect(readDriverReport(H100.replace('Disabled', 'Enabled'))?.gpus[0]?.cut).toBe('instances');
    expect(readDriverReport(H100.replace('Disabled', '[N/A]'))?.gpus[0]?.cut).toBe('whole');
  });

  test('keeps a domain of the bus that is not zero', () => {
    expect(readDriverReport(H100.replace('00000000:00', '00010000:C1'))?.gpus[0]?.busId).toBe(
      '10000:c1:04.0',
    );
  });

  test('is none where there is no driver, or no GPU', () => {
    expect(readDriverReport('')).toBeUndefined();
    expect(readDriverReport('No devices were found\n')).toBeUndefined();
    expect(
      readDriverReport("NVIDIA-SMI has failed because it couldn't communicate, so, there"),
    ).toBeUndefined();
  });
});

describe('the device node of a GPU', () => {
  test('is the one that the kernel names, whatever its index', () => {
    expect(
      readDeviceMinor('Model: \t\t NVIDIA H100 80GB HBM3\nDevice Minor: \t 3\nGPU Excluded:\t No\n'),
    ).toBe(3);
  });

  test('is unknown where the kernel names none', () => {
    expect(readDeviceMinor('Model: \t NVIDIA L4\n')).toBeUndefined();
  });
});
