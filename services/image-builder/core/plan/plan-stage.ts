import type { GpuNeed, ImageConfig, LayerRef, MountFile, SecretId } from '@slipway/contracts';
import { isRefusal, refuse, type Refusal } from '@slipway/kernel';
import type { Instruction } from '../dockerfile/instruction.js';
import { readPairs } from '../dockerfile/read-pairs.js';
import { splitWords } from '../dockerfile/split-words.js';
import { substitute } from '../dockerfile/substitute.js';
import { absolutePath } from './absolute-path.js';
import type { PlannedStep } from './planned-step.js';
import { refusedMount } from './refused-mount.js';
import { selectContext } from './select-context.js';
import { declaredArgs, type Stage } from './split-stages.js';

export type StageGround = Readonly<{
  config: ImageConfig;
  context: readonly MountFile[];
  buildArgs: Readonly<Record<string, string>>;
  globalArgs: Readonly<Record<string, string>>;
  secretIds: readonly SecretId[];
  gpu?: GpuNeed;
  /** The layers that `COPY --from=<name>` means. */
  copyFrom: (name: string) => readonly LayerRef[] | undefined;
  /** Files of heredocs, by content; stored before the plan is carried out. */
  inlineFile: (body: string) => Omit<MountFile, 'filename'>;
}>;

export type StagePlan = Readonly<{ steps: readonly PlannedStep[]; config: ImageConfig }>;

const DEFAULT_SHELL = ['/bin/sh', '-c'];
const WITHOUT_EFFECT = new Set(['EXPOSE', 'HEALTHCHECK', 'MAINTAINER', 'ONBUILD', 'STOPSIGNAL', 'VOLUME']);
const COPY_FLAGS = new Set(['chown', 'chmod', 'from', 'link']);
const TAR = /\.(tar|tar\.gz|tgz|tar\.bz2|tbz2?|tar\.xz|txz|tar\.zst)$/;

/** What the instructions of a stage do, step by step, on the ground of what its base says. */
export const planStage = (stage: Stage, ground: StageGround): StagePlan | Refusal => {
  let config: ImageConfig = ground.config;
  let args: Readonly<Record<string, string>> = {};
  const steps: PlannedStep[] = [];

  for (const instruction of stage.instructions) {
    const variables = { ...args, ...config.env };
    const put = (text: string): string => substitute(text, variables);
    const wrong = (code: string, detail: string): Refusal =>
      refuse('invalid', code, `line ${instruction.line}: ${instruction.keyword}: ${detail}`);
    const workdir = config.workdir ?? '/';
    const shared = {
      text: instruction.text,
      workdir,
      ...(config.user === undefined ? {} : { user: config.user }),
    };
    const run = (argv: readonly string[]): void => {
      steps.push({
        ...shared,
        env: variables,
        secretIds: ground.secretIds,
        action: { kind: 'run', argv },
        ...(ground.gpu ? { gpu: ground.gpu } : {}),
      });
    };

    switch (instruction.keyword) {
      case 'RUN': {
        const refused = refusedMount(instruction);
        if (refused) return wrong(refused.code, refused.message);
        run(runArgv(instruction, config.shell ?? DEFAULT_SHELL));
        break;
      }
      case 'ENV': {
        const pairs = readPairs(instruction.arguments, put);
        if (isRefusal(pairs)) return wrong(pairs.code, pairs.message);
        config = { ...config, env: { ...config.env, ...Object.fromEntries(pairs) } };
        break;
      }
      case 'LABEL': {
        const pairs = readPairs(instruction.arguments, put);
        if (isRefusal(pairs)) return wrong(pairs.code, pairs.message);
        config = { ...config, labels: { ...config.labels, ...Object.fromEntries(pairs) } };
        break;
      }
      case 'ARG': {
        const declared = declaredArgs(instruction, variables, ground.buildArgs, ground.globalArgs);
        if (isRefusal(declared)) return wrong(declared.code, declared.message);
        args = { ...args, ...declared };
        break;
      }
      case 'WORKDIR':
        config = {
          ...config,
          workdir: absolutePath(workdir, put(splitWords(instruction.arguments)[0] ?? '')).replace(
            /(.)\/$/,
            '$1',
          ),
        };
        break;
      case 'USER':
        config = { ...config, user: put(instruction.arguments) };
        break;
      case 'SHELL':
        if (!instruction.json)
          return wrong('bad-shell', `'${instruction.arguments}' is not a JSON list of strings`);
        config = { ...config, shell: instruction.json };
        break;
      case 'ENTRYPOINT':
        config = { ...without(config, 'cmd'), entrypoint: commandOf(instruction, config) };
        break;
      case 'CMD':
        config = { ...config, cmd: commandOf(instruction, config) };
        break;
      case 'COPY':
      case 'ADD': {
        const planned = planCopy(instruction, workdir, put, ground);
        if (isRefusal(planned)) return wrong(planned.code, planned.message);
        const { unpack, ...action } = planned;
        steps.push({ ...shared, env: {}, secretIds: [], action });
        if (unpack)
          run([
            '/bin/sh',
            '-c',
            `mkdir -p "$2" && tar -xf "$1" -C "$2" && rm -rf "$(dirname "$1")"`,
            'sh',
            ...unpack,
          ]);
        break;
      }
      default:
        if (!WITHOUT_EFFECT.has(instruction.keyword))
          return wrong('unknown-instruction', `'${instruction.text}' is not understood`);
    }
  }
  return { steps, config };
};

/** A heredoc that is the whole command is a script of its own; one after a command is the shell's business. */
const runArgv = (instruction: Instruction, shell: readonly string[]): readonly string[] => {
  if (instruction.json) return instruction.json;
  const [heredoc] = instruction.heredocs;
  if (!heredoc) return [...shell, instruction.arguments];
  if (!/^<<-?["']?[\w.]+["']?$/.test(instruction.arguments.trim())) {
    const bodies = instruction.heredocs.map(({ body, name }) => `${body}${name}\n`).join('');
    return [...shell, `${instruction.arguments}\n${bodies}`];
  }
  const interpreter = /^#!\s*(.+)\n/.exec(heredoc.body)?.[1];
  return interpreter ? [...splitWords(interpreter), '-c', heredoc.body] : [...shell, heredoc.body];
};

const commandOf = (instruction: Instruction, config: ImageConfig): readonly string[] =>
  instruction.json ?? [...(config.shell ?? DEFAULT_SHELL), instruction.arguments];

const without = <Key extends keyof ImageConfig>(config: ImageConfig, key: Key): Omit<ImageConfig, Key> => {
  const { [key]: _dropped, ...rest } = config;
  return rest;
};

type PlannedCopy = Extract<PlannedStep['action'], { kind: 'copy-files' | 'copy-layers' }> & {
  /** An archive that ADD unpacks: where it was put, and where its content goes. */
  unpack?: readonly [string, string];
};

const planCopy = (
  instruction: Instruction,
  workdir: string,
  put: (text: string) => string,
  ground: StageGround,
): PlannedCopy | Refusal => {
  const unknown = instruction.flags.find(({ name }) => !COPY_FLAGS.has(name));
  if (unknown)
    return refuse(
      'invalid',
      'copy-flag-unsupported',
      `--${unknown.name} is not supported: ${[...COPY_FLAGS].map((name) => `--${name}`).join(', ')} are`,
    );
  const flag = (name: string): string | undefined =>
    instruction.flags.find((candidate) => candidate.name === name)?.value;
  const words = (instruction.json ?? splitWords(instruction.arguments)).map(put);
  const named = words.slice(0, -1).filter((word) => !word.startsWith('<<'));
  const target = words.at(-1);
  if (target === undefined || words.length < 2)
    return refuse('invalid', 'bad-copy', `'${instruction.arguments}' names no source and destination`);
  const url = named.find((source) => /^(https?|ftp|git@|ssh):/.test(source) || source.startsWith('git@'));
  if (url)
    return refuse('invalid', 'add-url', `'${url}' is a URL: fetch it with RUN, for example by curl or git`);
  const [chown, chmod, from] = [flag('chown'), flag('chmod'), flag('from')];
  const destination = absolutePath(workdir, target);
  const owner = {
    ...(chown === undefined ? {} : { chown: put(chown) }),
    ...(chmod === undefined ? {} : { chmod: put(chmod) }),
  };
  // The context's root is the folder that sources are relative to, whatever the working directory is.
  const sources = named.map((source) => absolutePath('/', source));
  if (from !== undefined) {
    const layers = ground.copyFrom(put(from));
    if (!layers) return refuse('invalid', 'unknown-stage', `--from=${from} is neither a stage nor an image`);
    return { kind: 'copy-layers', layers, sources, destination, ...owner };
  }
  const inline = instruction.heredocs.map(({ name, body, expands }, index): MountFile => {
    const filename = `/.heredoc/${instruction.line}-${index}/${name}`;
    return { filename, ...ground.inlineFile(expands ? put(body) : body) };
  });
  const selected = selectContext(ground.context, sources);
  if (isRefusal(selected)) return selected;
  const copy = {
    kind: 'copy-files' as const,
    files: [...selected.files, ...inline],
    sources: [...selected.sources, ...inline.map(({ filename }) => filename)],
    ...owner,
  };
  const [only] = copy.sources;
  if (instruction.keyword === 'ADD' && copy.sources.length === 1 && only !== undefined && TAR.test(only)) {
    const folder = `/tmp/.add-${instruction.line}`;
    const archive = `${folder}/${only.split('/').at(-1)}`;
    return { ...copy, destination: `${folder}/`, unpack: [archive, destination] };
  }
  return { ...copy, destination };
};
