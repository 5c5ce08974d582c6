import type { FunctionId, ImageConfig, LayerRef, MountFile, MountId } from '@slipway/contracts';
import { accepted, refuse, RefusedError } from '@slipway/kernel';
import { baseSource, type BaseSource } from '../base/base-source.js';
import { unknownBase, type SuitePython } from '../base/debian-rule.js';
import { loginHost } from '../base/login-host.js';
import { parseReference } from '../base/parse-reference.js';
import { parseDockerfile } from '../dockerfile/parse-dockerfile.js';
import { baseChainText, stepChainText } from '../identity/step-chain.js';
import type { ImageBuilt } from '../image/image.events.js';
import type { KnownImage } from '../image/image.state.js';
import type { CachedStep } from '../image/layer-cache.js';
import { planStage } from '../plan/plan-stage.js';
import { platformArgs, refusedPlatform } from '../plan/platform-args.js';
import type { PlannedStep } from '../plan/planned-step.js';
import { copiedFrom, reachedStages } from '../plan/reached-stages.js';
import { splitStages } from '../plan/split-stages.js';
import type { BaseImage, BuildLog, BuildPorts } from '../ports.js';
import { dependencyMountName, mountsDependencies } from '../runtime-mounts/runtime-mount-name.js';
import { failedStepMessage } from './failed-step-message.js';
import { mayChangePython } from './may-change-python.js';
import { probePython } from './probe-python.js';
import { DEFAULT_PATH } from './search-path.js';

/** A registry whose name leads into the site, as a site without the internet may have it: it has no image for anybody here. */
const isInside = (error: unknown): error is RefusedError =>
  error instanceof RefusedError && error.refusal.code === 'registry-inside';

export type BuildOptions = Readonly<{
  suites: readonly SuitePython[];
  ociLayouts: readonly string[];
  stepTimeoutMs: number;
}>;

export type Build = Readonly<{
  image: KnownImage;
  log: BuildLog;
  /** Builder functions of further apps that have asked for the image by now: they do the same as its own. */
  otherFunctions: () => readonly FunctionId[];
  /** A step that was done before, by this image or another. */
  findStep: (chain: string) => CachedStep | undefined;
  /** Writes a finished step down before the next one starts. */
  stepFinished: (chain: string, step: CachedStep) => Promise<void>;
}>;

type FoundBase = BaseImage & Readonly<{ mayHaveOtherPython?: boolean }>;
type Ground = BaseImage & Readonly<{ chain: string; mayHaveOtherPython: boolean }>;

/** The names of its files say neither which Python is first in PATH nor whether that is free-threaded. */
const toldByFiles = (base: BaseImage): FoundBase => ({ ...base, mayHaveOtherPython: true });

/**
 * Builds an image: its Dockerfile stage by stage, or its builder function.
 * Throws a RefusedError whose message the author of the image can act on.
 */
export const buildImage = async (
  { image, log, otherFunctions, findStep, stepFinished }: Build,
  ports: BuildPorts,
  options: BuildOptions,
): Promise<Omit<ImageBuilt['data'], 'imageId' | 'durationMs'>> => {
  const { workspaceId } = image;
  const { definition, builderVersion } = image.defined;

  const groundOf = (base: FoundBase): Ground => ({
    mayHaveOtherPython: false,
    ...base,
    chain: ports.sha256Hex(baseChainText(base.layers)),
  });

  const sourceOf = (name: string): BaseSource => baseSource(name, definition.baseImages, options.suites);

  const findBase = async (name: string, loginFor: string | undefined): Promise<FoundBase> => {
    const source = sourceOf(name);
    switch (source.kind) {
      case 'scratch':
        return { layers: [], config: { env: {} } };
      case 'image':
        return ports.parentManifest(source.imageId);
      case 'oci-layout':
        return toldByFiles(accepted(await ports.bases.fromLayout(source.path, log)));
      case 'reference': {
        const { registryAuth } = definition;
        const isItsOwn = loginFor !== undefined && parseReference(source.name)?.host === loginFor;
        const auth = registryAuth && isItsOwn ? { ...registryAuth, workspaceId } : undefined;
        const pulled = await ports.bases.pull(source.name, auth, log).catch((error: unknown) => {
          if (!source.otherwise || !isInside(error)) throw error;
          log(`${error.message}\n`, 'info');
          return undefined;
        });
        if (pulled) return toldByFiles(pulled);
        if (!source.otherwise) throw new RefusedError(unknownBase(name, options.suites, options.ociLayouts));
        return 'suite' in source.otherwise
          ? ports.bases.fromDebian(source.otherwise, log)
          : ports.bases.uvImage(source.otherwise.uvVersion, log);
      }
      default:
        return source satisfies never;
    }
  };

  const runStep = async (ground: Ground, step: PlannedStep): Promise<Ground & { output?: string }> => {
    const chain = ports.sha256Hex(stepChainText(ground.chain, step, { ...definition, workspaceId }));
    const done = findStep(chain);
    if (done) {
      log(`=> ${firstLine(step.text)} (cached)\n`, 'info');
      return { ...ground, chain, layers: [...ground.layers, done.layer], ...outputOf(done) };
    }
    log(`=> ${firstLine(step.text)}\n`, 'info');
    const result = await ports.steps.run(
      {
        workspaceId,
        base: ground.layers,
        env: step.action.kind === 'run' ? { PATH: DEFAULT_PATH, ...ports.site.env, ...step.env } : {},
        workdir: step.workdir,
        ...(step.user === undefined ? {} : { user: step.user }),
        action: await actionOf(step),
      },
      log,
    );
    if (!result.ok)
      throw new RefusedError(refuse('invalid', 'step-failed', failedStepMessage(step.text, result)));
    await stepFinished(chain, { layer: result.layer, output: result.output.slice(-2000) });
    return { ...ground, chain, layers: [...ground.layers, result.layer], output: result.output };
  };

  const actionOf = async (step: PlannedStep): Promise<Parameters<typeof ports.steps.run>[0]['action']> => {
    const { action } = step;
    if (action.kind === 'run')
      return {
        kind: 'run',
        argv: action.argv,
        secretIds: step.secretIds,
        timeoutMs: options.stepTimeoutMs,
        ...(step.gpu ? { gpu: step.gpu } : {}),
      };
    const from =
      action.kind === 'copy-files'
        ? { mountId: await ports.contents.createMount(workspaceId, action.files) }
        : { layers: action.layers };
    const { sources, destination, chown, chmod } = action;
    return {
      kind: 'copy',
      from,
      sources,
      destination,
      ...(chown === undefined ? {} : { chown }),
      ...(chmod === undefined ? {} : { chmod }),
    };
  };

  const runDockerfile = async (): Promise<Ground> => {
    const instructions = accepted(parseDockerfile(definition.dockerfileCommands));
    const { stages, globalArgs } = accepted(
      splitStages(instructions, definition.buildArgs, platformArgs(ports.arch)),
    );
    const context: readonly MountFile[] = [
      ...definition.contextFiles.map((file) => ({ ...file, filename: rooted(file.filename) })),
      ...(definition.contextMountId ? await ports.contents.filesOf(definition.contextMountId) : []),
    ];
    const loginFor = stages[0] && loginHost(sourceOf(stages[0].base));
    const built = new Map<string, Ground>();
    let last: Ground = groundOf({ layers: [], config: { env: {} } });
    for (const stage of reachedStages(stages)) {
      const refused = refusedPlatform(stage, ports.arch);
      if (refused) throw new RefusedError(refused);
      let ground = built.get(stage.base.toLowerCase()) ?? groundOf(await findBase(stage.base, loginFor));
      const copied = new Map<string, readonly LayerRef[]>();
      for (const name of copiedFrom(stage)) {
        if (copied.has(name)) continue;
        copied.set(name, (built.get(name.toLowerCase()) ?? (await findBase(name, loginFor))).layers);
      }
      const inline: string[] = [];
      const { steps, config } = accepted(
        planStage(stage, {
          config: ground.config,
          context,
          buildArgs: definition.buildArgs,
          globalArgs,
          secretIds: definition.secretIds,
          ...(definition.gpu ? { gpu: definition.gpu } : {}),
          copyFrom: (name) => copied.get(name),
          inlineFile: (body) => {
            inline.push(body);
            return ports.describeFile(body);
          },
        }),
      );
      for (const body of inline) await ports.contents.putFile(body);
      const mayHaveOtherPython = ground.mayHaveOtherPython || mayChangePython(steps, ground.config, config);
      for (const step of steps) ground = await runStep(ground, step);
      last = { ...ground, config, mayHaveOtherPython };
      built.set(String(stage.index), last);
      if (stage.name !== undefined) built.set(stage.name, last);
    }
    return last;
  };

  const runFunction = async (): Promise<Ground> => {
    const [base] = definition.baseImages;
    if (!base)
      throw new RefusedError(
        refuse('invalid', 'no-base-image', 'a builder function needs a base image to run in'),
      );
    const ground = groundOf(await ports.parentManifest(base.imageId));
    const result = await ports.steps.runFunction(image, otherFunctions, log);
    if (!result.ok) throw new RefusedError(refuse('invalid', 'build-function-failed', result.message));
    return { ...ground, layers: [...ground.layers, result.layer] };
  };

  const finished = definition.buildFunction ? await runFunction() : await runDockerfile();
  const found = await probePython(finished, (step) => runStep(finished, step));
  return {
    layers: finished.layers,
    config: withPath(finished.config),
    ...found,
    ...(await dependencies()),
  };

  async function dependencies(): Promise<{ dependencyMountId?: MountId }> {
    if (found.pythonVersion === undefined || !mountsDependencies(builderVersion)) return {};
    const name = dependencyMountName(builderVersion, found.pythonVersion, found.libc ?? 'gnu', ports.arch);
    return { dependencyMountId: (await ports.runtimeMounts.get(name)).mountId };
  }
};

const withPath = (config: ImageConfig): ImageConfig => ({
  ...config,
  env: { PATH: DEFAULT_PATH, ...config.env },
});

const outputOf = ({ output }: CachedStep): { output?: string } => (output === undefined ? {} : { output });

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

const rooted = (filename: string): string => (filename.startsWith('/') ? filename : `/${filename}`);
