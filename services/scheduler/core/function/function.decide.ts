import type { AutoscalerSettings, BindFunction, CreateFunction } from '@slipway/contracts';
import { refuse, type Decision, type Instant } from '@slipway/kernel';
import { ended } from '../app/app.decide.js';
import type { App } from '../app/app.state.js';
import { versionOf } from '../app/deployment.decide.js';
import { refuseSchedule } from '../schedule/schedule.decide.js';
import type { FunctionEvent } from './function.events.js';
import type { DefinedFunction, Fn } from './function.state.js';

/** A definition under a known id is the next one of that function: what runs changes when a version of the app has it. */
export const defineFunction = (
  fn: Fn | undefined,
  app: App,
  command: CreateFunction,
  at: Instant,
): Decision<FunctionEvent> => {
  if (ended(app)) return refuse('conflict', 'app-stopped', `the app ${app.appId} is ${app.status}`);
  const refusal = refuseSchedule(command.spec.schedule, at);
  if (refusal !== undefined)
    return { ...refusal, message: `Function '${command.spec.tag}': ${refusal.message}` };
  return fn?.kind === 'defined' && isSame(fn, command) ? [] : [{ type: 'function-defined', data: command }];
};

/** A definition's id follows from all that is in it; what has none is compared itself. */
const isSame = (fn: DefinedFunction, command: CreateFunction): boolean =>
  command.definitionId === undefined
    ? fn.definitionDigest === command.definitionDigest &&
      JSON.stringify(fn.spec) === JSON.stringify(command.spec)
    : fn.definitionId === command.definitionId;

/** A known variant whose overrides are read anew in another way than they once were is bound again: the later ones count. */
export const bindFunction = (
  bound: Fn | undefined,
  base: Fn,
  app: App,
  command: BindFunction,
): Decision<FunctionEvent> => {
  if (base.kind !== 'defined')
    return refuse(
      'invalid',
      'base-is-bound',
      `${command.functionId} is a variant itself: bind the function it came from`,
    );
  if (bound !== undefined && hasOverrides(bound, command)) return [];
  if (ended(app)) return refuse('conflict', 'app-stopped', `the app ${app.appId} is ${app.status}`);
  const { pinnedVersion } = command;
  if (
    pinnedVersion !== undefined &&
    versionOf(app, pinnedVersion)?.definitionIds[base.functionId] === undefined
  )
    return refuse(
      'not-found',
      'version-not-found',
      `the app ${app.name ?? app.appId} has no version v${pinnedVersion} with the function '${base.spec.tag}'`,
    );
  return [{ type: 'function-bound', data: command }];
};

const hasOverrides = (bound: Fn, { overrides }: BindFunction): boolean =>
  bound.kind === 'defined' || JSON.stringify(bound.overrides) === JSON.stringify(overrides);

/** Whoever has a window of no time would have containers that are stopped between two inputs. */
const SHORTEST_WINDOW_MS = 2_000;
const LONGEST_WINDOW_MS = 3_600_000;

export const scaleFunction = (
  fn: Fn,
  current: AutoscalerSettings,
  settings: Partial<AutoscalerSettings>,
  by: Readonly<{ byId: string; byName: string }>,
): Decision<FunctionEvent> => {
  if (Object.keys(settings).length === 0) return [];
  const { scaledownWindowMs } = settings;
  if (
    scaledownWindowMs !== undefined &&
    (scaledownWindowMs < SHORTEST_WINDOW_MS || scaledownWindowMs > LONGEST_WINDOW_MS)
  )
    return refuse(
      'invalid',
      'scaledown-window',
      `scaledown_window is ${scaledownWindowMs / 1000} s, but must be from ${SHORTEST_WINDOW_MS / 1000} s to ${LONGEST_WINDOW_MS / 1000} s`,
    );
  const { minContainers, maxContainers } = { ...current, ...settings };
  if (maxContainers > 0 && minContainers > maxContainers)
    return refuse(
      'invalid',
      'min-above-max',
      `min_containers is ${minContainers}, but must not be above max_containers, which is ${maxContainers}`,
    );
  return [{ type: 'function-scaled', data: { functionId: fn.functionId, settings, ...by } }];
};
