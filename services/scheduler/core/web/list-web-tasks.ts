import type { FunctionId, WebProblem, WebTask, WebTasks } from '@slipway/contracts';
import { ended } from '../app/app.decide.js';
import type { Engine } from '../engine.js';
import type { ResolvedFunction } from '../function/resolve-function.js';
import { isLeaving } from '../reactions/is-leaving.js';

/** Whether a function answers HTTP, itself or by a method. */
export const servesWeb = ({ state }: Pick<Engine, 'state'>, functionId: FunctionId): boolean => {
  const spec = state.resolve(functionId)?.spec;
  return spec?.web !== undefined || spec?.webMethods !== undefined;
};

/**
 * The containers that take a function's web requests: ready, and of its newest definition. While none of these is ready
 * those of the definition before go on, so that a deploy makes nobody wait.
 */
export const listWebTasks = (engine: Engine, functionId: FunctionId): WebTasks => {
  const fn = engine.state.resolve(functionId);
  const ready = engine.state.liveTasks(functionId).filter((task) => task.status === 'ready');
  const current = ready.filter((task) => !isLeaving(engine, task));
  const chosen = current.length > 0 ? current : ready;
  const tasks = chosen.flatMap((task): WebTask[] => {
    const relayUrl = engine.presence.workers.get(task.workerId)?.relayUrl;
    if (relayUrl === undefined || fn === undefined) return [];
    return [{ taskId: task.taskId, relayUrl, maxRequests: fn.spec.maxConcurrentInputs }];
  });
  const problem = problemOf(engine, functionId, fn);
  const list = { tasks, proxyAuth: proxyAuthOf(fn), ...(problem === undefined ? {} : { problem }) };
  return { revision: fingerprint(JSON.stringify(list)), ...list };
};

const proxyAuthOf = (fn: ResolvedFunction | undefined): WebTasks['proxyAuth'] => {
  const { web, webMethods = {} } = fn?.spec ?? {};
  const endpoints = { ...webMethods, ...(web === undefined ? {} : { '': web }) };
  return Object.fromEntries(
    Object.entries(endpoints).map(([method, { requiresProxyAuth }]) => [method, requiresProxyAuth]),
  );
};

const problemOf = (
  { state, presence, shortFunctions }: Engine,
  functionId: FunctionId,
  fn: ResolvedFunction | undefined,
): WebProblem | undefined => {
  const app = fn && state.apps.get(fn.appId);
  if (fn === undefined || app === undefined) return { kind: 'stopped', message: 'its app is not there' };
  const name = app.name ?? app.description;
  if (ended(app)) return { kind: 'stopped', message: `the app ${name || app.appId} is stopped` };
  if (fn.place === 'removed')
    return {
      kind: 'stopped',
      message: `the newest version of the app ${name || app.appId} has no function ${fn.spec.tag}`,
    };
  if (!servesWeb({ state }, functionId))
    return {
      kind: 'stopped',
      message: `the function ${fn.spec.tag} of the app ${name || app.appId} is no longer a web endpoint`,
    };
  const known = presence.web.problemOf(functionId);
  if (known !== undefined) return known;
  const { milliCpu, memoryMiB, gpus } = fn.spec.resources;
  if (shortFunctions.has(functionId) && state.liveTasks(functionId).length === 0)
    return {
      kind: 'no-capacity',
      message:
        `no worker has room for a container of ${milliCpu / 1000} cores and ${memoryMiB} MiB` +
        (gpus.length === 0 ? '' : ` with ${gpus.map(({ type, count }) => `${type}:${count}`).join(' or ')}`),
    };
  return undefined;
};

/** FNV-1a over the list itself: the same list has the same revision, whichever process answers. */
const fingerprint = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
};
