import { refuse, RefusedError } from '@slipway/kernel';
import type { DataFormat, OutcomeKind } from '@slipway/contracts';
import { ObjectClient } from '@slipway/nest-kit';
import {
  DataFormat as Wire,
  FunctionPutInputsItem,
  FunctionRetryInputsRequest,
  GenericResult_GenericStatus as Status,
} from '@slipway/protocol';
import { acceptedItems, acceptInputs } from './accept-inputs.js';
import { readCall, readInput, signCall, signInput } from './call-tokens.js';
import { functionRetryInputs } from './function-inputs.rpc.js';
import { readFormat, wireFormat } from './data-format.js';
import { resultOfOutcome } from './result-of-outcome.js';

const KEY = 'key';
const nowhere = {
  objects: new ObjectClient('http://127.0.0.1:1', KEY),
  bus: {
    request: () => Promise.reject(new RefusedError(refuse('not-found', 'blob-not-found', 'none'))),
  } as never,
};
const place = { callId: 'fc-1', workspaceId: 'ac-1' };
const item = (idx: number, text: string) =>
  FunctionPutInputsItem.fromPartial({
    idx,
    input: {
      argsOneof: { $case: 'args', value: Buffer.from(text) },
      dataFormat: Wire.PICKLE,
      methodName: 'm',
    },
  });

test('an item that comes twice is the same input', async () => {
  const [first] = await acceptInputs(nowhere, place, [item(3, 'a')]);
  const [again] = await acceptInputs(nowhere, place, [item(3, 'a')]);
  const [other] = await acceptInputs(nowhere, place, [item(4, 'a')]);
  expect(again).toEqual(first);
  expect(other?.inputId).not.toBe(first?.inputId);
  expect(first).toMatchObject({ idx: 3, args: { inline: 'YQ==' }, dataFormat: 'pickle', methodName: 'm' });
});

test('arguments in a blob that the workspace does not have are refused', async () => {
  const elsewhere = FunctionPutInputsItem.fromPartial({
    input: { argsOneof: { $case: 'argsBlobId', value: 'bl-1' }, dataFormat: Wire.PICKLE },
  });
  await expect(acceptInputs(nowhere, place, [elsewhere])).rejects.toThrow(RefusedError);
});

test('an item without an input is refused', async () => {
  const empty = FunctionPutInputsItem.fromPartial({ idx: 7 });
  await expect(acceptInputs(nowhere, place, [empty])).rejects.toThrow(RefusedError);
});

test('a retry without an input is refused: its arguments are held nowhere else', async () => {
  const retry = functionRetryInputs({ ...nowhere, signingKey: KEY });
  const functionCallJwt = signCall(KEY, 'fc-1');
  const inputJwt = signInput(KEY, { idx: 0, inputId: 'in-1', callId: 'fc-1' });
  const request = FunctionRetryInputsRequest.fromPartial({ functionCallJwt, inputs: [{ inputJwt }] });
  await expect(retry(request, { caller: { workspaceId: 'ac-1' } } as never)).rejects.toMatchObject({
    refusal: { code: 'input-missing' },
  });
});

test("a client finds idx in an input token's payload", async () => {
  const inputs = await acceptInputs(nowhere, place, [item(3, 'a')]);
  const [accepted] = acceptedItems(KEY, 'fc-1', inputs);
  const parts = accepted!.inputJwt.split('.');
  expect(parts).toHaveLength(3);
  expect(JSON.parse(Buffer.from(parts[1]!, 'base64url').toString())).toMatchObject({
    idx: 3,
    callId: 'fc-1',
  });
});

test('a token is taken only by the use that it was made for, and only under its key', () => {
  const claims = { idx: 1, inputId: 'in-1', callId: 'fc-1' };
  expect(readInput(KEY, signInput(KEY, claims))).toMatchObject(claims);
  expect(readCall(KEY, signCall(KEY, 'fc-1'))).toBe('fc-1');
  expect(() => readInput(KEY, signCall(KEY, 'fc-1'))).toThrow(RefusedError);
  expect(() => readCall('other', signCall(KEY, 'fc-1'))).toThrow(RefusedError);
  expect(() => readCall(KEY, 'nonsense')).toThrow(RefusedError);
});

test.each(['pickle', 'cbor', 'asgi', 'generator-done'] satisfies DataFormat[])(
  '%s goes there and back',
  (format) => {
    expect(readFormat(wireFormat(format))).toBe(format);
  },
);

test.each([
  ['success', Status.SUCCESS],
  ['user-error', Status.FAILURE],
  ['timeout', Status.TIMEOUT],
  ['cancelled', Status.TERMINATED],
  ['init-failure', Status.INIT_FAILURE],
  ['out-of-memory', Status.FAILURE],
  ['disk-full', Status.FAILURE],
  ['host-lost', Status.INTERNAL_FAILURE],
] satisfies [OutcomeKind, Status][])('the outcome %s is answered with its status', (kind, status) => {
  expect(resultOfOutcome({ kind }, undefined).status).toBe(status);
});

test('a user error carries its text, its traceback and the pickled exception', () => {
  const data = { $case: 'data', value: Buffer.from('pickle') } as const;
  expect(
    resultOfOutcome(
      {
        kind: 'user-error',
        exception: "ValueError('x')",
        traceback: 'Traceback …',
        serializedTraceback: Buffer.from('tb').toString('base64'),
      },
      data,
    ),
  ).toMatchObject({
    exception: "ValueError('x')",
    traceback: 'Traceback …',
    serializedTb: Buffer.from('tb'),
    dataOneof: data,
  });
});
