import type { PutOutputs, TakenInput, TaskAssignment } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import { Readable } from 'node:stream';
import { ContainerSession } from './container-session.js';
import { handOutInputs } from './hand-out-inputs.js';

const nothing = (): void => undefined;
const newSession = (): ContainerSession =>
  new ContainerSession({ taskId: 'ta-1', inputTimeoutMs: 60_000 } as TaskAssignment, {
    onHello: nothing,
    onReady: nothing,
    onInitFailure: nothing,
    onLeaving: nothing,
    onOverdue: nothing,
    onHeld: nothing,
  });

const input = (inputId: string, args: TakenInput['args']): TakenInput => ({
  inputId,
  callId: 'fc-1',
  idx: 0,
  retryCount: 0,
  args,
  dataFormat: 'pickle',
  invocation: 'sync',
  finalInput: true,
});
const small = input('in-small', { inline: Buffer.from('small').toString('base64') });
const large = input('in-large', { blobId: 'bl-large' });

/** A worker whose blob-store gives blobs by `getBlob`. */
const hostWith = (getBlob: () => Promise<Readable>) => {
  const put: PutOutputs[] = [];
  const host = {
    bus: { persist: async (_name: string, outputs: PutOutputs) => (put.push(outputs), { next: [] }) },
    config: { workerId: 'wo-1' },
    logger: { warn: nothing },
    objects: { getBlob },
  } as never;
  return { host, put };
};

describe('inputs that a container is given', () => {
  let session: ContainerSession;
  beforeEach(() => (session = newSession()));
  afterEach(() => session.close());

  test('are held by it, with their arguments, once those are read', async () => {
    const { host } = hostWith(async () => Readable.from([Buffer.from('large')]));
    const items = await handOutInputs(host, session, [small, large]);
    expect(items.map(({ input }) => input?.argsOneof)).toMatchObject([
      { $case: 'args', value: Buffer.from('small') },
      { $case: 'args', value: Buffer.from('large') },
    ]);
    expect(session.inputIds).toEqual(['in-small', 'in-large']);
  });

  test('are not held by it when the arguments of one cannot be read now', async () => {
    const { host, put } = hostWith(() => Promise.reject(new Error('connect ECONNREFUSED')));
    session.ahead.expect(Promise.resolve([large]));
    expect(await session.ahead.take()).toEqual([large]);
    expect(await handOutInputs(host, session, [small, large])).toEqual([]);
    expect(session.inputIds).toEqual([]);
    expect(put).toEqual([]);
  });

  test('end with a failure that says so when their arguments are gone, beside the others', async () => {
    const gone = new RefusedError(refuse('not-found', 'blob-store-404', "blob 'bl-large' has expired"));
    const { host, put } = hostWith(() => Promise.reject(gone));
    const items = await handOutInputs(host, session, [large, small]);
    expect(items.map(({ inputId }) => inputId)).toEqual(['in-small']);
    expect(session.inputIds).toEqual(['in-small']);
    const exception = "the arguments cannot be read: blob 'bl-large' has expired";
    expect(put).toMatchObject([
      { outputs: [{ inputId: 'in-large', retryCount: 0, outcome: { kind: 'platform-error', exception } }] },
    ]);
  });
});
