import { jest } from '@jest/globals';
import {
  ClassParameterInfo,
  ClassParameterInfo_ParameterSerializationFormat as Format,
  ParameterType,
} from '@slipway/protocol';
import { refuse, RefusedError } from '@slipway/kernel';
import type { WebRouteRow } from '../store/web-entities.js';
import { Instances } from './instances.js';
import { route } from './web-front-scene.testing.js';

const ofClass: WebRouteRow = route({
  classParameters: Buffer.from(
    ClassParameterInfo.encode({
      format: Format.PARAM_SERIALIZATION_FORMAT_PROTO,
      schema: [{ name: 'model', type: ParameterType.PARAM_TYPE_STRING, hasDefault: false }],
    }).finish(),
  ).toString('base64'),
});

const openInstances = (
  request: () => Promise<unknown> = () => Promise.resolve({}),
  has: () => boolean = () => false,
) => {
  const bound: { boundFunctionId: string }[] = [];
  const instances = new Instances({
    bus: {
      request: (async (_name: string, ask: { boundFunctionId: string }) => {
        bound.push(ask);
        return request();
      }) as never,
    },
    variants: { add: () => Promise.resolve(), has: () => Promise.resolve(has()) } as never,
  });
  return { instances, bound };
};

test('each set of parameters is a function of its own, bound once; who needs none has the function itself', async () => {
  const { instances, bound } = openInstances();
  const [a, b, again] = await Promise.all(
    ['/?model=a', '/deep/path?model=b&x=1', '/?x=2&model=a'].map((url) => instances.find(ofClass, url)),
  );
  expect(new Set([a, b]).size).toBe(2);
  expect(again).toBe(a);
  expect(bound.map(({ boundFunctionId }) => boundFunctionId)).toEqual([a, b]);
  expect(await instances.find(route(), '/?model=a')).toBe('fu-1');
  expect(bound).toHaveLength(2);
});

test('a query without what the class needs is a bad request, and binds nothing', async () => {
  const { instances, bound } = openInstances();
  expect(await instances.find(ofClass, '/')).toMatchObject({ status: 400, code: 'class-parameter' });
  expect(bound).toEqual([]);
});

test('visitors make no more than a hundred new instances in a minute', async () => {
  const { instances } = openInstances();
  const answers = await Promise.all(
    Array.from({ length: 101 }, (_, at) => instances.find(ofClass, `/?model=${at}`)),
  );
  expect(answers.at(99)).toMatch(/^fu-/);
  expect(answers.at(100)).toMatchObject({ status: 429, code: 'too-many-instances' });
  expect(await instances.find(ofClass, '/?model=7')).toBe(answers[7]);
});

test('instances that exist already are no new ones, whoever made them', async () => {
  const { instances } = openInstances(undefined, () => true);
  const answers = await Promise.all(
    Array.from({ length: 150 }, (_, at) => instances.find(ofClass, `/?model=${at}`)),
  );
  expect(answers.every((answer) => typeof answer === 'string')).toBe(true);
});

test('instances that could not be made are not counted, and are made when they can be', async () => {
  let isAway = true;
  const { instances } = openInstances(() =>
    isAway ? Promise.reject(new RefusedError(refuse('unavailable', 'away', 'away'))) : Promise.resolve({}),
  );
  for (let round = 0; round < 150; round++)
    await expect(instances.find(ofClass, '/?model=a')).rejects.toThrow('away');
  isAway = false;
  expect(await instances.find(ofClass, '/?model=a')).toMatch(/^fu-/);
});

test('who was refused for others is let in when there is room again', async () => {
  jest.useFakeTimers({ now: 0, doNotFake: ['nextTick', 'setImmediate'] });
  const { instances } = openInstances();
  for (let at = 0; at < 100; at++) await instances.find(ofClass, `/?model=${at}`);
  expect(await instances.find(ofClass, '/?model=late')).toMatchObject({ status: 429 });
  jest.setSystemTime(60_000);
  expect(await instances.find(ofClass, '/?model=late')).toMatch(/^fu-/);
  jest.useRealTimers();
});

test('where the function is gone, its own containers are asked for: they are told why; trouble that passes is thrown', async () => {
  const gone = () => Promise.reject(new RefusedError(refuse('not-found', 'function-not-found', 'gone')));
  expect(await openInstances(gone).instances.find(ofClass, '/?model=a')).toBe('fu-1');
  const away = () => Promise.reject(new RefusedError(refuse('unavailable', 'away', 'away')));
  await expect(openInstances(away).instances.find(ofClass, '/?model=a')).rejects.toThrow('away');
});
