import { appOf, callOf, newInput, WORKSPACE } from '../testing/samples.testing.js';
import {
  cancelCall,
  createCall,
  MAX_HELD_BYTES,
  MAX_QUEUED_INPUTS,
  mayRun,
  putInputs,
  sealCall,
} from './call.decide.js';

const create = {
  callId: 'fc-1',
  functionId: 'fu-1',
  workspaceId: WORKSPACE,
  shape: 'unary',
  invocation: 'async',
  inputs: [newInput('in-1')],
} as const;
const none = () => false;
const nothing = { queuedInputs: 0, heldBytes: 0 };

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
    expect(putInputs(callOf(), stopped, [newInput('in-2')], none, nothing)).toMatchObject({
      code: 'app-stopped',
    });
  });

  test('an input that is known, or named twice, is queued once', () => {
    const inputs = [newInput('in-1'), newInput('in-2'), newInput('in-2')];
    expect(putInputs(callOf(), appOf(), inputs, ({ inputId }) => inputId === 'in-1', nothing)).toMatchObject([
      { type: 'inputs-queued', data: { inputs: [{ inputId: 'in-2' }] } },
    ]);
    expect(putInputs(callOf(), appOf(), inputs, () => true, nothing)).toEqual([]);
  });

  test('a cancelled call takes no inputs and runs none again', () => {
    const cancelled = callOf({ cancelled: true });
    expect(putInputs(cancelled, appOf(), [newInput('in-2')], none, nothing)).toMatchObject({
      code: 'call-cancelled',
    });
    expect(mayRun(cancelled, appOf())).toMatchObject({ code: 'call-cancelled' });
    expect(mayRun(callOf(), appOf())).toBe(true);
  });

  test.each([
    { ...nothing, queuedInputs: MAX_QUEUED_INPUTS },
    { ...nothing, heldBytes: MAX_HELD_BYTES },
  ])('a queue that is full tells the client to slow down, by call or by input: %o', (full) => {
    const refused = { refused: 'exhausted', code: 'queue-full' };
    const inputs = [{ ...newInput('in-2'), args: { inline: 'gAIpfYYu' } }];
    expect(putInputs(callOf(), appOf(), inputs, none, full)).toMatchObject(refused);
    expect(createCall(undefined, appOf(), { ...create, inputs }, false, full)).toMatchObject(refused);
    const inBlobs = [{ ...newInput('in-2'), args: { blobId: 'bl-1' } }];
    expect(putInputs(callOf(), appOf(), inBlobs, none, { ...full, queuedInputs: 0 })).toHaveLength(1);
    expect(createCall(undefined, appOf(), { ...create, inputs: [] }, false, full)).toHaveLength(1);
  });

  test('sealing and cancelling happen once', () => {
    const seal = { callId: 'fc-1', workspaceId: WORKSPACE, numInputs: 3 };
    expect(sealCall(callOf(), seal)).toHaveLength(1);
    expect(sealCall(callOf({ sealed: true }), seal)).toEqual([]);
    expect(cancelCall(callOf())).toHaveLength(1);
    expect(cancelCall(callOf({ cancelled: true }))).toEqual([]);
  });
});
