import { judgeGpus, type SeenGpus } from './judge-gpus.ts';

const H100 = 'NVIDIA H100 80GB HBM3, 81559 MiB, 580.159.04, Disabled';
const machine: SeenGpus = {
  devices: ['/dev/nvidia0'],
  driver: { ok: true, output: H100 },
  descriptions: ['/etc/cdi/nvidia.yaml'],
  passed: ['550.90.12', '580.159.04'],
};
const verdicts = (seen: SeenGpus) => judgeGpus(seen).map(({ name, verdict }) => `${name} ${verdict}`);
const said = (seen: SeenGpus) =>
  judgeGpus(seen)
    .map(({ found, meaning }) => `${found}: ${meaning}`)
    .join('\n');

describe('GPUs of a machine', () => {
  test('are good with a driver that runsc knows', () => {
    expect(verdicts(machine)).toEqual(['GPUs good', 'GPU driver good', 'CDI good']);
    expect(said(machine)).toContain('NVIDIA H100 80GB HBM3, 81559 MiB');
  });

  test('are found without CDI files', () => {
    expect(verdicts({ ...machine, descriptions: [] })).toEqual([
      'GPUs good',
      'GPU driver good',
      'CDI fallback',
    ]);
  });

  test('are for runc alone with a driver that runsc does not know', () => {
    const seen = { ...machine, passed: ['550.90.12'] };
    expect(verdicts(seen)[1]).toBe('GPU driver fallback');
    expect(said(seen)).toContain('runsc, which passes calls to 550.90.12; --runtime runc takes any');
  });

  test('are not offered while they are cut into instances', () => {
    const seen = { ...machine, driver: { ok: true, output: H100.replace('Disabled', 'Enabled') } };
    expect(verdicts(seen)[0]).toBe('GPUs fallback');
    expect(said(seen)).toContain('nvidia-smi -mig 0');
  });

  test('are missing where the driver does not answer, with what it says', () => {
    const seen = { ...machine, driver: { ok: false, output: 'Driver/library version mismatch\nNVML' } };
    expect(verdicts(seen)).toEqual(['GPUs missing', 'CDI good']);
    expect(said(seen)).toContain('/dev/nvidia0: Driver/library version mismatch:');
  });

  test('can be pretended where there are none', () => {
    expect(said({ devices: [], descriptions: [] })).toContain('none: ./tools/up --simulate-gpu H100:8');
  });
});
