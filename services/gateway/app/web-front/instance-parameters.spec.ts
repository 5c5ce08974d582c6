import {
  ClassParameterSet,
  ParameterType as Type,
  type ClassParameterSpec,
  type ClassParameterValue,
} from '@slipway/protocol';
import { instanceQuery } from '../client-protocol/functions/instance-query.js';
import { instanceParameters } from './instance-parameters.js';

const parameter = (
  name: string,
  type: Type,
  defaultOneof?: ClassParameterSpec['defaultOneof'],
): ClassParameterSpec => ({ name, type, hasDefault: defaultOneof !== undefined, defaultOneof });

const MODEL = parameter('model', Type.PARAM_TYPE_STRING, { $case: 'stringDefault', value: 'small' });
const SIZE = parameter('size', Type.PARAM_TYPE_INT);
const FAST = parameter('fast', Type.PARAM_TYPE_BOOL);
const KEY = parameter('key', Type.PARAM_TYPE_BYTES);

const read = (schema: readonly ClassParameterSpec[], query: string) =>
  instanceParameters(schema, new URLSearchParams(query));

test('what the query says comes first, then defaults, as clients give them', () => {
  expect(read([MODEL, SIZE], 'size=3&other=x')).toEqual([
    { name: 'size', type: Type.PARAM_TYPE_INT, valueOneof: { $case: 'intValue', value: '3' } },
    { name: 'model', type: Type.PARAM_TYPE_STRING, valueOneof: { $case: 'stringValue', value: 'small' } },
  ]);
  expect(read([MODEL, SIZE], 'size=-3&model=&size=4')).toMatchObject([
    { name: 'size', valueOneof: { value: '-3' } },
    { name: 'model', valueOneof: { value: '' } },
  ]);
});

test('the URL of an instance leads to that instance, however its parameters were given', () => {
  for (const parameters of [
    [
      { name: 'size', type: Type.PARAM_TYPE_INT, valueOneof: { $case: 'intValue', value: '3' } },
      { name: 'model', type: Type.PARAM_TYPE_STRING, valueOneof: { $case: 'stringValue', value: 'small' } },
    ],
    [
      { name: 'model', type: Type.PARAM_TYPE_STRING, valueOneof: { $case: 'stringValue', value: 'a b&c' } },
      {
        name: 'size',
        type: Type.PARAM_TYPE_INT,
        valueOneof: { $case: 'intValue', value: '-9223372036854775808' },
      },
    ],
  ] as ClassParameterValue[][]) {
    const url = instanceQuery(Buffer.from(ClassParameterSet.encode({ parameters }).finish()));
    expect(read([MODEL, SIZE], url.slice(2))).toEqual(parameters);
  }
});

test.each(['9223372036854775807', '-9223372036854775808', '1152921504606846977'])(
  '%s is a whole number, to its last digit',
  (value) => expect(read([SIZE], `size=${value}`)).toMatchObject([{ valueOneof: { value } }]),
);

test('an integer is one however it is written', () => {
  expect(read([SIZE], 'size=007')).toEqual(read([SIZE], 'size=7'));
});

test.each([
  [FAST, 'fast=True', true],
  [FAST, 'fast=0', false],
  [KEY, 'key=AP-_', Buffer.from([0, 255, 191])],
])('a value is read by its type: %j %s', (spec, query, value) => {
  expect(read([spec], query)).toMatchObject([{ valueOneof: { value } }]);
});

test.each([
  [SIZE, '', /has no 'size'/, /\?size=…, a whole number/],
  [SIZE, 'size=1.5', /'1\.5' is no value of the parameter 'size'/, /a whole number/],
  [SIZE, 'size=9223372036854775808', /is no value/, /a whole number of 64 bits/],
  [SIZE, `size=${'9'.repeat(20)}`, /is no value/, /a whole number/],
  [FAST, 'fast=maybe', /'maybe' is no value/, /true or false/],
  [
    parameter('any', Type.PARAM_TYPE_PICKLE),
    'any=1',
    /'any' is of a type that a URL cannot hold/,
    /Leave it out/,
  ],
])('what cannot be read is said by its name: %j %s', (spec, query, reason, remedy) => {
  expect(read([spec], query)).toEqual({
    reason: expect.stringMatching(reason),
    remedy: expect.stringMatching(remedy),
  });
});
