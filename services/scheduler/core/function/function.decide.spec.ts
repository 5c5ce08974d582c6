import { appOf, specOf, WORKSPACE } from '../testing/samples.testing.js';
import { evolveApp, type App } from '../app/app.state.js';
import type { AppPublished } from '../app/app.events.js';
import { bindFunction, defineFunction, scaleFunction } from './function.decide.js';
import { evolveFunction, withoutScaling, type DefinedFunction, type Fn } from './function.state.js';
import { resolveFunction } from './resolve-function.js';

const define = {
  functionId: 'fu-1',
  appId: 'ap-1',
  workspaceId: WORKSPACE,
  spec: specOf(),
  definitionDigest: 'd1',
};
const defined = evolveFunction(
  undefined,
  { type: 'function-defined', data: define },
  1_000,
) as DefinedFunction;
const bind = {
  functionId: 'fu-1',
  boundFunctionId: 'fu-2',
  workspaceId: WORKSPACE,
  overrides: { timeoutMs: 5 },
};
const by = { byId: 'tk-1', byName: 'ada' };
const bound = evolveFunction(undefined, { type: 'function-bound', data: bind }, 1_000);

const published = (
  functionIds: Record<string, string>,
  definitionIds: Record<string, string>,
  version: number,
): AppPublished => ({
  type: 'app-published',
  data: {
    appId: 'ap-1',
    workspaceId: WORKSPACE,
    name: '',
    classIds: {},
    functionIds,
    definitionIds,
    version,
  },
});
const deployedApp = (): App => evolveApp(appOf(), published({ f: 'fu-1' }, { 'fu-1': 'd1' }, 1), 1);

describe('a function', () => {
  test('the same definition again changes nothing, another one replaces it', () => {
    expect(defineFunction(defined, appOf(), define, 2_000)).toEqual([]);
    expect(defineFunction(defined, appOf(), { ...define, definitionDigest: 'd2' }, 2_000)).toHaveLength(1);
    expect(
      defineFunction(defined, appOf(), { ...define, spec: specOf({ timeoutMs: 1 }) }, 2_000),
    ).toHaveLength(1);
  });

  test('a stopped app gets no functions', () => {
    expect(defineFunction(undefined, appOf({ status: 'stopped' }), define, 2_000)).toMatchObject({
      code: 'app-stopped',
    });
  });

  test('a stopped app gets no variants, and has those that it had', () => {
    const stopped = appOf({ status: 'stopped' });
    expect(bindFunction(undefined, defined, stopped, bind)).toMatchObject({ code: 'app-stopped' });
    expect(bindFunction(bound, defined, stopped, bind)).toEqual([]);
  });

  test('a variant is of a defined function, not of another variant', () => {
    expect(bindFunction(undefined, defined, appOf(), bind)).toHaveLength(1);
    expect(bindFunction(bound, defined, appOf(), bind)).toEqual([]);
    expect(bindFunction(undefined, bound, appOf(), bind)).toMatchObject({
      refused: 'invalid',
      code: 'base-is-bound',
    });
  });

  test('a variant whose overrides are read in another way is bound again, and keeps what was scaled', () => {
    const again = { ...bind, overrides: { timeoutMs: 7 } };
    expect(bindFunction(bound, defined, appOf(), again)).toEqual([{ type: 'function-bound', data: again }]);
    const scaled: Fn = { ...bound, scaled: { maxContainers: 7 } };
    const rebound = evolveFunction(scaled, { type: 'function-bound', data: again }, 2_000);
    expect(rebound).toMatchObject({ overrides: { timeoutMs: 7 }, scaled: { maxContainers: 7 } });
    expect(bindFunction(rebound, defined, appOf(), again)).toEqual([]);
  });

  test('a variant has what its function is defined as now, but for what it says itself', () => {
    const variant = evolveFunction(
      undefined,
      { type: 'function-bound', data: { ...bind, overrides: { resources: { milliCpu: 900 } } } },
      1_000,
    );
    const spec = specOf({ resources: { milliCpu: 500, memoryMiB: 2_048, gpus: [] } });
    const redefined = evolveFunction(
      defined,
      { type: 'function-defined', data: { ...define, definitionDigest: 'd2', spec } },
      2_000,
    );
    const known = { functions: new Map([['fu-1', redefined]]), apps: new Map() };
    expect(resolveFunction(variant, known)?.spec.resources).toEqual({
      milliCpu: 900,
      memoryMiB: 2_048,
      gpus: [],
    });
  });

  test('a variant is pinned to a version only if that version has its function', () => {
    const pinned = { ...bind, pinnedVersion: 1 };
    expect(bindFunction(undefined, defined, appOf(), pinned)).toMatchObject({ code: 'version-not-found' });
    expect(bindFunction(undefined, defined, deployedApp(), pinned)).toHaveLength(1);
  });

  test('what an app serves counts, not what was defined last; a pinned variant keeps to its version', () => {
    const redefined = evolveFunction(
      defined,
      {
        type: 'function-defined',
        data: { ...define, definitionDigest: 'd2', spec: specOf({ timeoutMs: 7 }) },
      },
      2_000,
    );
    const pinnedVariant = evolveFunction(
      undefined,
      {
        type: 'function-bound',
        data: { ...bind, overrides: {}, pinnedVersion: 1 },
      },
      2_000,
    );
    const known = (app: App) => ({
      functions: new Map([['fu-1', redefined]]),
      apps: new Map([['ap-1', app]]),
    });
    expect(resolveFunction(redefined, known(appOf()))).toMatchObject({
      definitionDigest: 'd2',
      place: 'unpublished',
    });
    const first = deployedApp();
    expect(resolveFunction(redefined, known(first))).toMatchObject({ definitionDigest: 'd1', appVersion: 1 });
    const second = evolveApp(first, published({ f: 'fu-1' }, { 'fu-1': 'd2' }, 2), 2);
    expect(resolveFunction(redefined, known(second))).toMatchObject({
      definitionDigest: 'd2',
      since: 2,
      place: 'served',
    });
    expect(resolveFunction(pinnedVariant, known(second))).toMatchObject({
      definitionDigest: 'd1',
      appVersion: 1,
      since: 0,
    });
    const third = evolveApp(second, published({}, {}, 3), 3);
    expect(resolveFunction(redefined, known(third))).toMatchObject({
      definitionDigest: 'd2',
      place: 'removed',
    });
  });

  test('the least number of containers is never above the most', () => {
    const current = { ...specOf().autoscaler, maxContainers: 3 };
    expect(scaleFunction(defined, current, { minContainers: 4 }, by)).toMatchObject({
      code: 'min-above-max',
    });
    expect(scaleFunction(defined, current, { minContainers: 3 }, by)).toHaveLength(1);
    expect(scaleFunction(defined, { ...current, maxContainers: 0 }, { minContainers: 9 }, by)).toHaveLength(
      1,
    );
  });

  test('a scale-down window is from 2 seconds to an hour', () => {
    const current = specOf().autoscaler;
    for (const scaledownWindowMs of [1_000, 3_601_000])
      expect(scaleFunction(defined, current, { scaledownWindowMs }, by)).toMatchObject({
        code: 'scaledown-window',
        message: expect.stringContaining(`${scaledownWindowMs / 1000} s`),
      });
    for (const scaledownWindowMs of [2_000, 3_600_000])
      expect(scaleFunction(defined, current, { scaledownWindowMs }, by)).toHaveLength(1);
    expect(scaleFunction(defined, current, {}, by)).toEqual([]);
  });

  test('of a changed setting it is known who changed it and when', () => {
    const data = { functionId: 'fu-1', settings: { minContainers: 1 }, ...by };
    const scaled = evolveFunction(defined, { type: 'function-scaled', data }, 5_000);
    expect(scaled).toMatchObject({ scaledBy: { minContainers: { at: 5_000, ...by } } });
    expect(withoutScaling(scaled)).toEqual(defined);
  });

  test('a variant has what its base has, then its own options, then what was scaled at run time', () => {
    const scaledBase: Fn = { ...defined, scaled: { minContainers: 1, maxContainers: 5 } };
    const scaledVariant: Fn = { ...bound, scaled: { maxContainers: 7 } };
    const known = { functions: new Map([['fu-1', scaledBase]]), apps: new Map() };
    const resolved = resolveFunction(scaledVariant, known);
    expect(resolved).toMatchObject({ functionId: 'fu-2', baseFunctionId: 'fu-1', appId: 'ap-1' });
    expect(resolved?.spec).toMatchObject({
      timeoutMs: 5,
      autoscaler: { minContainers: 1, maxContainers: 7 },
    });
    expect(resolveFunction(bound, { functions: new Map(), apps: new Map() })).toBeUndefined();
  });

  test('a class with parameters keeps no containers without any: its variants have what it says', () => {
    const autoscaler = { ...specOf().autoscaler, minContainers: 2, bufferContainers: 1 };
    const warm: Fn = { ...defined, spec: { ...specOf(), autoscaler, isParametrized: true } };
    const known = { functions: new Map([['fu-1', warm]]), apps: new Map() };
    const none = { minContainers: 0, bufferContainers: 0 };
    expect(resolveFunction(warm, known)?.spec.autoscaler).toMatchObject(none);
    expect(resolveFunction({ ...warm, scaled: { minContainers: 3 } }, known)?.spec.autoscaler).toMatchObject(
      none,
    );
    expect(resolveFunction(bound, known)?.spec.autoscaler).toMatchObject({ minContainers: 2 });
  });
});
