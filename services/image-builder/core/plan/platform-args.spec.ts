import { accepted, isRefusal } from '@slipway/kernel';
import { parseDockerfile } from '../dockerfile/parse-dockerfile.js';
import { platformArgs, refusedPlatform } from './platform-args.js';
import { splitStages } from './split-stages.js';

const stageOf = (lines: readonly string[], buildArgs: Readonly<Record<string, string>> = {}) => {
  const split = accepted(splitStages(accepted(parseDockerfile(lines)), buildArgs, platformArgs('x86_64')));
  if (!split.stages[0]) throw new Error('no stage');
  return { stage: split.stages[0], globalArgs: split.globalArgs };
};

describe('the platform of a build', () => {
  test('is told by predefined ARGs', () => {
    expect(platformArgs('aarch64')).toEqual({
      TARGETPLATFORM: 'linux/arm64',
      TARGETOS: 'linux',
      TARGETARCH: 'arm64',
      TARGETVARIANT: '',
      BUILDPLATFORM: 'linux/arm64',
      BUILDOS: 'linux',
      BUILDARCH: 'arm64',
      BUILDVARIANT: '',
    });
  });

  test('is known to FROM without an ARG, and a build argument comes first', () => {
    const lines = ['ARG TARGETOS', 'FROM tool-$TARGETOS-${TARGETARCH}'];
    expect(stageOf(lines).stage.base).toBe('tool-linux-amd64');
    expect(stageOf(lines, { TARGETARCH: 'mine' })).toMatchObject({
      stage: { base: 'tool-linux-mine' },
      globalArgs: { TARGETARCH: 'mine' },
    });
  });

  test.each([
    '$BUILDPLATFORM',
    '${TARGETPLATFORM:-linux/arm64}',
    'linux/amd64',
    'linux/x86_64',
    'amd64',
    'linux',
  ])('may be asked for: FROM --platform=%s', (platform) => {
    expect(refusedPlatform(stageOf([`FROM --platform=${platform} x`]).stage, 'x86_64')).toBeUndefined();
  });

  test.each(['linux/arm64', 'arm64', 'windows/amd64', 'linux/amd64/v3', '$UNKNOWN'])(
    'is refused by name where it is another: FROM --platform=%s',
    (platform) => {
      const refused = refusedPlatform(stageOf([`FROM --platform=${platform} x`]).stage, 'x86_64');
      expect(isRefusal(refused) && refused.message).toBe(
        `line 1: FROM --platform=${platform === '$UNKNOWN' ? '' : platform} is not supported: this site builds for linux/amd64`,
      );
    },
  );

  test('64-bit ARM is v8', () => {
    const { stage } = stageOf(['FROM --platform=linux/arm64/v8 x']);
    expect(refusedPlatform(stage, 'aarch64')).toBeUndefined();
  });
});
