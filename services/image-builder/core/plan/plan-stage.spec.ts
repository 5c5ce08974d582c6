import type { Digest, ImageConfig, LayerRef, MountFile } from '@slipway/contracts';
import { isRefusal } from '@slipway/kernel';
import { parseDockerfile } from '../dockerfile/parse-dockerfile.js';
import { planStage, type StageGround } from './plan-stage.js';
import { splitStages } from './split-stages.js';

const file = (filename: string): MountFile => ({ filename, digest: `d${filename}` as Digest, sizeBytes: 1 });
const layer: LayerRef = { digest: 'l1' as Digest, sizeBytes: 1 };

const plan = (lines: string[], ground: Partial<StageGround> = {}) => {
  const instructions = parseDockerfile(['FROM base', ...lines]);
  if (isRefusal(instructions)) throw new Error(instructions.message);
  const split = splitStages(instructions, {}, {});
  if (isRefusal(split) || !split.stages[0]) throw new Error('no stage');
  return planStage(split.stages[0], {
    config: { env: {} } as ImageConfig,
    context: [file('/src/a.txt'), file('/src/sub/b.txt'), file('/c.py')],
    buildArgs: {},
    globalArgs: {},
    secretIds: [],
    copyFrom: (name) => (name === 'other' ? [layer] : undefined),
    inlineFile: (body) => ({ digest: `body:${body}` as Digest, sizeBytes: body.length }),
    ...ground,
  });
};

const planned = (lines: string[], ground?: Partial<StageGround>) => {
  const result = plan(lines, ground);
  if (isRefusal(result)) throw new Error(result.message);
  return result;
};

describe('planning a stage', () => {
  test('RUN in shell form goes through the shell, in exec form it does not', () => {
    const { steps } = planned([
      'RUN echo $HOME',
      'RUN ["echo", "$HOME"]',
      'SHELL ["/bin/bash", "-c"]',
      'RUN x',
    ]);
    expect(steps.map(({ action }) => action)).toEqual([
      { kind: 'run', argv: ['/bin/sh', '-c', 'echo $HOME'] },
      { kind: 'run', argv: ['echo', '$HOME'] },
      { kind: 'run', argv: ['/bin/bash', '-c', 'x'] },
    ]);
  });

  test('ENV stays in the image; ARG is seen by RUN only', () => {
    const { steps, config } = planned(['ARG V=1', 'ENV P=/opt/$V', 'RUN x'], { buildArgs: { V: '2' } });
    expect(config.env).toEqual({ P: '/opt/2' });
    expect(steps[0]?.env).toEqual({ V: '2', P: '/opt/2' });
  });

  test('an ARG before the first FROM counts in a stage that names it', () => {
    expect(planned(['ARG G', 'RUN x'], { globalArgs: { G: 'g' } }).steps[0]?.env).toEqual({ G: 'g' });
  });

  test('WORKDIR is relative to the one before', () => {
    const { config, steps } = planned(['WORKDIR /a', 'WORKDIR b', 'RUN x']);
    expect(config.workdir).toBe('/a/b');
    expect(steps[0]?.workdir).toBe('/a/b');
  });

  test('COPY takes the files that its sources mean and no others', () => {
    const { steps } = planned(['WORKDIR /app', 'COPY src ./dest/', 'COPY *.py .']);
    expect(steps.map(({ action }) => action)).toMatchObject([
      { files: [file('/src/a.txt'), file('/src/sub/b.txt')], sources: ['/src'], destination: '/app/dest/' },
      { files: [file('/c.py')], sources: ['/c.py'], destination: '/app/' },
    ]);
  });

  test('COPY . takes the whole context', () => {
    expect(planned(['COPY . /x']).steps[0]?.action).toMatchObject({ sources: ['/'], destination: '/x' });
  });

  test('a missing source is named together with what the context holds', () => {
    expect(plan(['COPY nope /x'])).toMatchObject({ code: 'copy-source-missing' });
  });

  test('COPY --from takes from the layers of that image', () => {
    expect(planned(['COPY --from=other /uv /bin/']).steps[0]?.action).toEqual({
      kind: 'copy-layers',
      layers: [layer],
      sources: ['/uv'],
      destination: '/bin/',
    });
    expect(plan(['COPY --from=nobody /a /b'])).toMatchObject({ code: 'unknown-stage' });
  });

  test('a heredoc of COPY is a file, with its variables put in', () => {
    const { steps } = planned(['ENV A=1', 'COPY <<EOF /etc/x', 'a=$A', 'EOF']);
    expect(steps[0]?.action).toMatchObject({
      files: [{ digest: 'body:a=1\n' }],
      sources: ['/.heredoc/3-0/EOF'],
      destination: '/etc/x',
    });
  });

  test('a heredoc of RUN is a script, run by its own interpreter where it names one', () => {
    const { steps } = planned([
      'RUN <<EOF',
      'echo 1',
      'EOF',
      'RUN <<EOF',
      '#!/usr/bin/env python3',
      'x',
      'EOF',
    ]);
    expect(steps.map(({ action }) => (action.kind === 'run' ? action.argv.slice(0, -1) : []))).toEqual([
      ['/bin/sh', '-c'],
      ['/usr/bin/env', 'python3', '-c'],
    ]);
  });

  test('ADD unpacks an archive; a URL is refused', () => {
    const { steps } = planned(['ADD x.tar.gz /opt'], { context: [file('/x.tar.gz')] });
    expect(steps).toHaveLength(2);
    expect(plan(['ADD https://example.com/x /y'])).toMatchObject({ code: 'add-url' });
  });

  test.each(['--exclude=*.pem', '--parents', '--keep-git-dir'])('COPY %s is refused', (flag) => {
    expect(plan([`COPY ${flag} . /x`])).toMatchObject({
      code: 'copy-flag-unsupported',
      message: expect.stringContaining(`${flag.split('=')[0]} is not supported`),
    });
  });

  test('COPY --link copies', () => {
    expect(planned(['COPY --link . /x']).steps).toHaveLength(1);
  });

  test.each([
    'type=cache,target=/x',
    'type=tmpfs,target=/x',
    'type=secret,id=x',
    'type=secret,id=x,env=X,required=true',
    'type=ssh,required=false',
  ])('RUN --mount=%s is let through', (mount) => {
    expect(planned([`RUN --mount=${mount} x`]).steps).toHaveLength(1);
  });

  test.each([
    'type=bind,source=.',
    'source=.',
    'type=secret,id=x,required',
    'type=secret,id=x,required=true',
    'type=ssh,required=true',
  ])('RUN --mount=%s is refused', (mount) => {
    expect(plan([`RUN --mount=${mount} x`])).toMatchObject({ code: 'mount-unsupported' });
  });
});
