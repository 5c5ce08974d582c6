import type { TakenInput, TaskAssignment } from '@slipway/contracts';
import { ContainerSession } from './container-session.js';

const nothing = (): void => undefined;
const sessionWith = (...inputIds: readonly string[]): ContainerSession => {
  const session = new ContainerSession({ inputTimeoutMs: 60_000 } as TaskAssignment, {
    ...{ onHello: nothing, onReady: nothing, onInitFailure: nothing },
    ...{ onLeaving: nothing, onOverdue: nothing, onHeld: nothing },
  });
  session.inputs.take(
    inputIds.map((inputId) => ({ inputId, callId: 'fc-1' }) as TakenInput),
    0,
  );
  return session;
};

const both = ['in-1', 'in-2'];

test('an input ends by what was done to its container where that was interrupted, not where it is to take no more', () => {
  const session = sessionWith('in-1');
  session.takeNoMore();
  expect(session.mayHaveInterrupted(['in-1'])).toBe(false);
  session.interrupt();
  expect(session.mayHaveInterrupted(['in-1'])).toBe(true);
  session.close();
});

test('told to cancel an input, a container may end those that it has in hand with it, and none that it takes later', async () => {
  const session = sessionWith(...both);
  session.cancel(['in-1']);
  expect(await session.cancellations(0)).toEqual(['in-1']);
  expect(both.map((inputId) => session.mayHaveInterrupted([inputId]))).toEqual([true, true]);
  await session.inputs.settleWhile(both, () => Promise.resolve());
  session.inputs.take([{ inputId: 'in-2', callId: 'fc-1' } as TakenInput], 0);
  expect(session.mayHaveInterrupted(both)).toBe(false);
  session.close();
});

test('it holds what it was told to cancel until that has ended', async () => {
  const session = sessionWith(...both);
  session.cancel(['in-1']);
  await session.cancellations(0);
  expect(session.inputs.someCancelled).toBe(true);
  await session.inputs.settleWhile(['in-1'], () => Promise.resolve());
  expect(session.inputs.someCancelled).toBe(false);
  session.close();
});
