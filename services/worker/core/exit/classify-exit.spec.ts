import fc from 'fast-check';
import { classifyExit, type ContainerEnd } from './classify-exit.js';

const end = (facts: Partial<ContainerEnd>): ContainerEnd => ({
  exitCode: 0,
  outOfMemoryKills: 0,
  memoryLimitMiB: 256,
  disk: { state: 'free', sizeMiB: 100 },
  asked: { kind: 'none' },
  reached: 'ready',
  holdsCancelled: false,
  ...facts,
});

describe('why a container is gone', () => {
  test('code 0 without being asked is finished', () => {
    expect(classifyExit(end({})).reason).toBe('finished');
  });

  test('a container that goes while it cancels an input is cancelled, whatever the code', () => {
    expect(classifyExit(end({ holdsCancelled: true })).reason).toBe('cancelled');
    expect(classifyExit(end({ holdsCancelled: true, exitCode: 1 })).reason).toBe('cancelled');
    expect(classifyExit(end({ holdsCancelled: true, outOfMemoryKills: 1, exitCode: 137 })).reason).toBe(
      'out-of-memory',
    );
  });

  test('a kill by the kernel for want of memory is out-of-memory and names the limit', () => {
    const { reason, message } = classifyExit(end({ exitCode: 137, outOfMemoryKills: 1 }));
    expect(reason).toBe('out-of-memory');
    expect(message).toContain('256 MiB');
  });

  test('a container that outlived the kill of one of its children and ended well is finished', () => {
    expect(classifyExit(end({ outOfMemoryKills: 1 })).reason).toBe('finished');
  });

  test('what the scheduler asked for is the reason, whatever the code', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), fc.nat(3), (exitCode, outOfMemoryKills) => {
        const asked = { kind: 'stop', reason: 'idle' } as const;
        return classifyExit(end({ exitCode, outOfMemoryKills, asked })).reason === 'idle';
      }),
    );
  });

  test("an input's timeout names the limit", () => {
    const { reason, message } = classifyExit(
      end({ exitCode: 137, asked: { kind: 'input-timeout', limitMs: 1500 } }),
    );
    expect(reason).toBe('timeout');
    expect(message).toContain('1.5 s');
  });

  test('a crash on a full disk names its size; an end with code 0 is no crash', () => {
    const disk = { state: 'full', sizeMiB: 512 } as const;
    expect(classifyExit(end({ exitCode: 1, disk }))).toMatchObject({
      reason: 'disk-full',
      message: expect.stringContaining('512 MiB') as string,
    });
    expect(classifyExit(end({ disk })).reason).toBe('finished');
  });

  test('a slow start is told apart', () => {
    const asked = { kind: 'startup-timeout', limitMs: 9000 } as const;
    expect(classifyExit(end({ exitCode: 137, asked }))).toMatchObject({
      reason: 'startup-timeout',
      message: expect.stringContaining('9 s') as string,
    });
  });

  test("user code that fails at import is answered with the client's own account of it", () => {
    const initFailure = { kind: 'init-failure', exception: 'No module named numpy' } as const;
    expect(classifyExit(end({ exitCode: 1, reached: 'starting', initFailure }))).toEqual({
      reason: 'init-failure',
      message: 'No module named numpy',
      initFailure,
    });
  });

  test('a start that fails silently is answered with its last words', () => {
    const { initFailure } = classifyExit(
      end({ exitCode: 1, reached: 'starting', lastWords: 'bad interpreter' }),
    );
    expect(initFailure?.exception).toContain('bad interpreter');
  });

  test('an ENTRYPOINT that does not run what it is given is named, whether it ends, well or not, or goes on', () => {
    const silent = { reached: 'starting', silentEntrypoint: ['/bin/ollama'] } as const;
    for (const exitCode of [0, 1]) {
      const { reason, initFailure } = classifyExit(end({ ...silent, exitCode }));
      expect(reason).toBe('init-failure');
      expect(initFailure?.exception).toContain(`exited with code ${exitCode} before it took an input`);
      expect(initFailure?.exception).toContain('ENTRYPOINT ["/bin/ollama"]');
    }
    const asked = { kind: 'startup-timeout', limitMs: 9000 } as const;
    expect(classifyExit(end({ ...silent, exitCode: 137, asked })).message).toContain('Image.entrypoint([])');
  });

  test('an image without an ENTRYPOINT is told of none', () => {
    const none = { reached: 'starting', silentEntrypoint: [] } as const;
    expect(classifyExit(end(none)).reason).toBe('finished');
    expect(classifyExit(end({ ...none, exitCode: 1 })).message).not.toContain('ENTRYPOINT');
  });

  test('a crash after the start is a user error', () => {
    expect(classifyExit(end({ exitCode: 139 }))).toEqual({
      reason: 'user-error',
      message: 'the container exited with code 139',
    });
  });
});
