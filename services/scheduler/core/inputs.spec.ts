import { MAX_HELD_BYTES } from './call/call.decide.js';
import { WORKSPACE, newInput } from './testing/samples.testing.js';
import { SchedulerScene } from './testing/scheduler-scene.testing.js';

const call = { callId: 'fc-1', workspaceId: WORKSPACE };

describe('an input', () => {
  test('whose answer was lost on its way is given to its container again, and to no other', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await scene.started();
    await scene.take(taskId);
    expect(await scene.take(taskId)).toMatchObject({ inputs: [{ inputId: 'in-1' }] });
    const holding = scene.take(taskId, { holding: ['in-1'] });
    await scene.clock.advance(5_250);
    expect(await holding).toEqual({ inputs: [], exit: false });
    expect(scene.types().filter((type) => type === 'input-started')).toHaveLength(1);
  });

  test('of two polls of one container the later one gets it', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await scene.started();
    await scene.take(taskId);
    await scene.put(taskId, 'in-1');
    const first = scene.take(taskId);
    const second = scene.take(taskId);
    await scene.call('fc-2', ['in-2']);
    expect((await first).inputs).toEqual([]);
    expect((await second).inputs).toMatchObject([{ inputId: 'in-2' }]);
  });

  test('that failed is retried after its delay, not before', async () => {
    const scene = new SchedulerScene();
    await scene.deploy({
      retryPolicy: { retries: 1, initialDelayMs: 2_000, backoffCoefficient: 1, maxDelayMs: 9_000 },
    });
    const taskId = await scene.started();
    await scene.take(taskId);
    await scene.put(taskId, 'in-1', 'user-error');
    let taken: unknown;
    void scene.take(taskId).then((answer) => (taken = answer));
    await scene.clock.advance(1_999);
    expect(taken).toBeUndefined();
    await scene.clock.advance(10);
    expect(taken).toMatchObject({ inputs: [{ inputId: 'in-1', retryCount: 1 }] });
  });

  test('whose error no log could hold as it came is answered all the same, and the next one too', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await scene.started(['in-1', 'in-2']);
    await scene.take(taskId);
    await scene.put(taskId, 'in-1', 'user-error', 0, {
      exception: "ValueError('a\0b')",
      traceback: '\ude00 a\0b',
    });
    expect(await scene.take(taskId)).toMatchObject({ inputs: [{ inputId: 'in-2' }] });
    await scene.put(taskId, 'in-2');
    const { outputs } = await scene.outputs('fc-1');
    expect(outputs.map(({ outcome }) => outcome)).toMatchObject([
      { exception: "ValueError('ab')", traceback: '\ufffd ab' },
      { kind: 'success' },
    ]);
    expect(scene.process.fenced()).toBeUndefined();
  });

  test('of a cancelled call is not retried and does not run again elsewhere', async () => {
    const scene = new SchedulerScene();
    await scene.deploy({
      retryPolicy: { retries: 3, initialDelayMs: 0, backoffCoefficient: 1, maxDelayMs: 0 },
    });
    const taskId = await scene.started(['in-1', 'in-2']);
    await scene.take(taskId);
    await scene.requests['cancel-call']({ ...call, terminateContainers: false });
    expect((await scene.sync([taskId])).cancel).toEqual([{ taskId, inputIds: ['in-1'] }]);
    await scene.put(taskId, 'in-1', 'user-error');
    expect((await scene.outputs('fc-1')).unfinishedInputs).toBe(0);
    expect(scene.types()).not.toContain('input-requeued');
  });

  test('that is interrupted together with one of a cancelled call runs again', async () => {
    const scene = new SchedulerScene();
    await scene.deploy({ batch: { maxSize: 2, lingerMs: 0 } });
    const taskId = await scene.started();
    await scene.call('fc-2', ['in-2']);
    expect((await scene.take(taskId, { maxInputs: 2 })).inputs).toHaveLength(2);
    await scene.requests['cancel-call']({ ...call, terminateContainers: false });
    const outcome = { kind: 'cancelled' } as const;
    await scene.requests['put-outputs']({
      ...{ taskId, workerId: 'wo-1', interrupted: true },
      outputs: ['in-1', 'in-2'].map((inputId) => ({ inputId, retryCount: 0, outcome })),
    });
    expect((await scene.outputs('fc-1')).outputs).toMatchObject([{ outcome }]);
    expect((await scene.take(taskId, { maxInputs: 2 })).inputs).toMatchObject([{ inputId: 'in-2' }]);
  });

  test('counts with its arguments until it ends, and where they take too much no other is taken', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const { heldBytesOfWorkspace: held } = scene.process.state;
    const inputs = [{ ...newInput('in-2', 1), args: { inline: 'gAIpfYYu' } }];
    const taskId = await scene.started();
    await scene.requests['put-inputs']({ ...call, inputs });
    expect([...held]).toEqual([[WORKSPACE, 8]]);
    await scene.take(taskId, { maxInputs: 2 });
    await scene.put(taskId, 'in-1');
    expect([...held]).toEqual([[WORKSPACE, 8]]);
    await scene.put(taskId, 'in-2');
    expect([...held]).toEqual([]);
    held.set(WORKSPACE, MAX_HELD_BYTES);
    const made = { functionId: 'fu-1', workspaceId: WORKSPACE, shape: 'unary', invocation: 'async' } as const;
    const refused = { refusal: { code: 'queue-full' } };
    const next = [{ ...inputs[0]!, inputId: 'in-3' }];
    await expect(
      scene.requests['create-call']({ ...made, callId: 'fc-2', inputs: next }),
    ).rejects.toMatchObject(refused);
    await expect(scene.requests['put-inputs']({ ...call, inputs: next })).rejects.toMatchObject(refused);
  });

  test('that its client retries counts like one that is put: where there is no room, none of those named runs again', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await scene.started(['in-1', 'in-2']);
    await scene.take(taskId);
    for (const inputId of ['in-1', 'in-2']) {
      await scene.put(taskId, inputId, 'user-error');
      if (inputId === 'in-1') await scene.take(taskId);
    }
    const retry = { retryCount: 1, args: { inline: 'gAIpfYYu' } };
    const inputs = ['in-1', 'in-2'].map((inputId) => ({ ...retry, inputId }));
    const { heldBytesOfWorkspace: held } = scene.process.state;
    held.set(WORKSPACE, MAX_HELD_BYTES - 8);
    const refused = { refusal: { code: 'queue-full' } };
    await expect(scene.requests['retry-inputs']({ ...call, inputs })).rejects.toMatchObject(refused);
    expect(scene.types()).not.toContain('input-requeued');
    const twice = [inputs[0]!, inputs[0]!];
    await scene.requests['retry-inputs']({ ...call, inputs: twice });
    // Asked again, for its answer was lost: that is no other retry, so it wants no room.
    await scene.requests['retry-inputs']({ ...call, inputs: twice });
    expect(scene.types().filter((type) => type === 'input-requeued')).toHaveLength(1);
    expect(held.get(WORKSPACE)).toBe(MAX_HELD_BYTES);
  });

  test('is retried as one of its own call alone', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await scene.started();
    await scene.take(taskId);
    await scene.put(taskId, 'in-1', 'user-error');
    await scene.call('fc-2', ['in-2']);
    const inputs = [{ inputId: 'in-1', retryCount: 1, args: { inline: '' } }];
    await expect(scene.requests['retry-inputs']({ ...call, callId: 'fc-2', inputs })).rejects.toMatchObject({
      refusal: { code: 'input-not-found' },
    });
  });

  test('is not put into a stopped app, nor run again there', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    await scene.sync();
    await scene.call('fc-1', ['in-1']);
    await scene.requests['stop-app']({ appId: 'ap-1', workspaceId: WORKSPACE, reason: 'enough' });
    const refused = { refusal: { code: 'app-stopped' } };
    await expect(scene.requests['put-inputs']({ ...call, inputs: [newInput('in-2')] })).rejects.toMatchObject(
      refused,
    );
    const again = [{ inputId: 'in-1', retryCount: 1, args: { inline: '' } }];
    await expect(scene.requests['retry-inputs']({ ...call, inputs: again })).rejects.toMatchObject(refused);
    expect((await scene.outputs('fc-1')).outputs).toMatchObject([{ outcome: { kind: 'cancelled' } }]);
  });

  test('waits for no container that is busy for longer than a start takes', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await scene.started();
    await scene.ready(taskId);
    await scene.take(taskId);
    await scene.clock.advance(5);
    await scene.put(taskId, 'in-1');
    void scene.take(taskId);
    await scene.call('fc-2', ['parent']);
    // The parent waits for this one: were it to wait for the parent, both would wait for ever.
    await scene.call('fc-3', ['child']);
    await scene.pass(3_000, [taskId]);
    expect((await scene.sync([taskId])).start).toHaveLength(1);
  });

  test('nor behind one that waits for its retry', async () => {
    const scene = new SchedulerScene();
    await scene.deploy({
      retryPolicy: { retries: 1, initialDelayMs: 60_000, backoffCoefficient: 1, maxDelayMs: 60_000 },
    });
    const taskId = await scene.started();
    await scene.clock.advance(1_000);
    await scene.ready(taskId);
    await scene.take(taskId);
    await scene.clock.advance(5);
    await scene.put(taskId, 'in-1');
    void scene.take(taskId);
    await scene.call('fc-2', ['failing']);
    await scene.put(taskId, 'failing', 'user-error');
    void scene.take(taskId);
    await scene.call('fc-3', ['long']);
    await scene.call('fc-4', ['waiting']);
    await scene.pass(3_000, [taskId]);
    expect((await scene.sync([taskId])).start).toHaveLength(2);
  });

  test('of a worker that fell silent goes to another one, and the old container is a stranger then', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await scene.started();
    await scene.take(taskId);
    await scene.clock.advance(11_000);
    expect(scene.types()).toContain('worker-lost');
    const plan = await scene.sync([taskId]);
    expect(plan.stop).toEqual([{ taskId, how: 'kill', reason: 'stopped' }]);
    await scene.put(taskId, 'in-1');
    expect((await scene.requests['get-call'](call)).unfinishedInputs).toBe(1);
    expect(await scene.take((await scene.sync()).start[0]!.taskId)).toMatchObject({
      inputs: [{ inputId: 'in-1' }],
    });
  });
});
