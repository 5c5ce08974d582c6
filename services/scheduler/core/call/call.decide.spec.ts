import { appOf, callOf, newInput, WORKSPACE } from '../testing/samples.testing.js';
import { cancelCall, createCall, MAX_QUEUED_INPUTS, mayRun, putInputs, sealCall } from './call.decide.js';

const create = {
  callId: 'fc-1',
  functionId: 'fu-1',
  workspaceId: WORKSPACE,
  shape: 'unary',
  invocation: 'async',
  inputs: [newInput('in-1')],
} as const;
const none = () => false;

describe('a call', () => {
  test('a call and its first inputs are written together', () => {
    expect(createCall(undefined, appOf(), create)).toMatchObject([
      { type: 'call-created', data: { callId: 'fc-1', appId: 'ap-1' } },
      { type: 'inputs-queued', data: { inputs: [{ inputId: 'in-1' }] } },
    ]);
  });

  test('a client that tries again makes no second call', () => {
    expect(createCall(callOf(), appOf(), create)).toEqual([]);
  });

  test('a stopped app takes no calls and no inputs', () => {
    const stopped = appOf({ status: 'stopped' });
    expect(createCall(undefined, stopped, create)).toMatchObject({ code: 'app-stopped' });
    expect(putInputs(callOf(), stopped, [newInput('in-2')], none, 0)).toMatchObject({ code: 'app-stopped' });
  });

  test('an input that is known, or named twice, is queued once', () => {
    const inputs = [newInput('in-1'), newInput('in-2'), newInput('in-2')];
    expect(putInputs(callOf(), appOf(), inputs, ({ inputId }) => inputId === 'in-1', 0)).toMatchObject([
      { type: 'inputs-queued', data: { inputs: [{ inputId: 'in-2' }] } },
    ]);
    expect(putInputs(callOf(), appOf(), inputs, () => true, 0)).toEqual([]);
  });

  test('a cancelled call takes no inputs and runs none again', () => {
    const cancelled = callOf({ cancelled: true });
    expect(putInputs(cancelled, appOf(), [newInput('in-2')], none, 0)).toMatchObject({
      code: 'call-cancelled',
    });
    expect(mayRun(cancelled, appOf())).toMatchObject({ code: 'call-cancelled' });
    expect(mayRun(callOf(), appOf())).toBe(true);
  });

  test('a queue that is full tells the client to slow down', () => {
    expect(putInputs(callOf(), appOf(), [newInput('in-2')], none, MAX_QUEUED_INPUTS)).toMatchObject({
      refused: 'exhausted',
      code: 'queue-full',
    });
  });

  test('sealing and cancelling happen once', () => {
    const seal = { callId: 'fc-1', workspaceId: WORKSPACE, numInputs: 3 };
    expect(sealCall(callOf(), seal)).toHaveLength(1);
    expect(sealCall(callOf({ sealed: true }), seal)).toEqual([]);
    expect(cancelCall(callOf())).toHaveLength(1);
    expect(cancelCall(callOf({ cancelled: true }))).toEqual([]);
  });
});
