import type { ImageConfig } from '@slipway/contracts';
import type { PlannedStep } from '../plan/planned-step.js';
import { mayChangePython } from './may-change-python.js';

const plain: ImageConfig = { env: {} };
const conda: ImageConfig = { env: { PATH: '/opt/conda/bin:/usr/bin' } };
const copyTo = (destination: string): Pick<PlannedStep, 'action'> => ({
  action: { kind: 'copy-layers', layers: [], sources: ['/x'], destination },
});

describe('another Python may come first in PATH', () => {
  test.each(['/usr/local', '/usr/local/', '/', '/bin/', '/usr/local/bin/python3'])('by files in %s', (to) => {
    expect(mayChangePython([copyTo(to)], plain, plain)).toBe(true);
  });

  test.each(['/root', '/app/', '/usr/local/lib', '/usr/local/bins', '/opt'])('not by files in %s', (to) => {
    expect(mayChangePython([copyTo(to)], plain, plain)).toBe(false);
  });

  test("by files in a folder that the image's own PATH names", () => {
    expect(mayChangePython([copyTo('/opt')], conda, conda)).toBe(true);
    expect(mayChangePython([copyTo('/usr/local')], conda, conda)).toBe(false);
  });

  test('by a command', () => {
    expect(mayChangePython([{ action: { kind: 'run', argv: ['x'] } }], plain, plain)).toBe(true);
  });

  test('by another PATH, and by no other variable', () => {
    expect(mayChangePython([], plain, conda)).toBe(true);
    expect(mayChangePython([], conda, { env: { ...conda.env, A: '1' } })).toBe(false);
  });
});
