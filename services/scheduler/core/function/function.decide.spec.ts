import { appOf, specOf, WORKSPACE } from '../testing/samples.testing.js';
import { bindFunction, defineFunction, scaleFunction } from './function.decide.js';
import { evolveFunction, type DefinedFunction, type Fn } from './function.state.js';
import { resolveFunction } from './resolve-function.js';

const define = {
  functionId: 'fu-1',
  appId: 'ap-1',
  workspaceId: WORKSPACE,
  spec: specOf(),
  definitionDigest: 'd1',
};
const defined = evolveFunction(undefined, { type: 'function-defined', data: define }) as DefinedFunction;
const bind = {
  functionId: 'fu-1',
  boundFunctionId: 'fu-2',
  workspaceId: WORKSPACE,
  overrides: { timeoutMs: 5 },
};
const bound = evolveFunction(undefined, { type: 'function-bound', data: bind });

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

  test('a variant is of a defined function, not of another variant', () => {
    expect(bindFunction(undefined, defined, bind)).toHaveLength(1);
    expect(bindFunction(bound, defined, bind)).toEqual([]);
    expect(bindFunction(undefined, bound, bind)).toMatchObject({ refused: 'invalid', code: 'base-is-bound' });
  });

  test('the least number of containers is never above the most', () => {
    const current = { ...specOf().autoscaler, maxContainers: 3 };
    expect(scaleFunction(defined, current, { minContainers: 4 })).toMatchObject({ code: 'min-above-max' });
    expect(scaleFunction(defined, current, { minContainers: 3 })).toHaveLength(1);
    expect(scaleFunction(defined, { ...current, maxContainers: 0 }, { minContainers: 9 })).toHaveLength(1);
  });

  test('a variant has what its base has, then its own options, then what was scaled at run time', () => {
    const scaledBase: Fn = { ...defined, scaled: { minContainers: 1, maxContainers: 5 } };
    const scaledVariant: Fn = { ...bound, scaled: { maxContainers: 7 } };
    const resolved = resolveFunction(scaledVariant, () => scaledBase);
    expect(resolved).toMatchObject({ functionId: 'fu-2', baseFunctionId: 'fu-1', appId: 'ap-1' });
    expect(resolved?.spec).toMatchObject({
      timeoutMs: 5,
      autoscaler: { minContainers: 1, maxContainers: 7 },
    });
    expect(resolveFunction(bound, () => undefined)).toBeUndefined();
  });
});
