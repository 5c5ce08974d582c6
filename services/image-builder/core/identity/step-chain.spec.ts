import type { PlannedStep } from '../plan/planned-step.js';
import { stepChainText } from './step-chain.js';

const step = (...secretIds: string[]): PlannedStep => ({
  text: 'RUN x',
  env: {},
  workdir: '/',
  secretIds,
  action: { kind: 'run', argv: ['x'] },
});
const chain = (id: string, fingerprint?: string, workspaceId = 'ws'): string =>
  stepChainText('below', step(id), {
    workspaceId,
    ...(fingerprint === undefined ? {} : { secretFingerprints: { [id]: fingerprint } }),
  });

describe('what makes two steps the same', () => {
  test('is, of a secret without a name, what it holds', () => {
    expect(chain('st-1', 'f')).toBe(chain('st-2', 'f'));
    expect(chain('st-1', 'f')).not.toBe(chain('st-1', 'g'));
  });
  test('is, of a named secret, which one it is', () => {
    expect(chain('st-1')).not.toBe(chain('st-2'));
  });
  test('is, where secrets are read, the workspace', () => {
    expect(chain('st-1', 'f')).not.toBe(chain('st-1', 'f', 'other'));
    expect(stepChainText('below', step(), { workspaceId: 'ws' })).toBe(
      stepChainText('below', step(), { workspaceId: 'other' }),
    );
  });
});
