import { jest } from '@jest/globals';
import type { TaskAssignment, TaskStop } from '@slipway/contracts';
import { EXIT_HOOKS_MS } from '@slipway/worker-core';
import type { ContainerSession } from '../control-socket/container-session.js';
import { StopContainer, webGrace } from './stop-container.js';

const HOUR_MS = 3_600_000;
const drain: TaskStop = { how: 'drain', reason: 'stopped' };
const graceful: TaskStop = { how: 'graceful', reason: 'stopped' };

describe('a container that is stopped', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const container = (...inputIds: string[]) => {
    const signals: string[] = [];
    const session: { inputIds: string[]; inputs: { heldUntil?: number } } = { inputIds, inputs: {} };
    const stopping = new StopContainer(
      { inputTimeoutMs: HOUR_MS } as TaskAssignment,
      session as unknown as ContainerSession,
      {
        interrupt: () => signals.push('SIGINT'),
        terminate: () => signals.push('SIGTERM'),
        kill: () => signals.push('SIGKILL'),
        say: () => undefined,
      },
    );
    return { stopping, session, signals };
  };

  test('is interrupted at once where it works, and killed when its grace is over', () => {
    const { stopping, signals } = container('in-1');
    stopping.stop(graceful);
    jest.advanceTimersByTime(0);
    expect(signals).toEqual(['SIGINT']);
    jest.advanceTimersByTime(10_000);
    expect(signals).toEqual(['SIGINT', 'SIGKILL']);
  });

  test('to finish its inputs is not interrupted as long as it has some, nor while its exit hooks have time', () => {
    const { stopping, session, signals } = container('in-1');
    stopping.stop(drain);
    jest.advanceTimersByTime(HOUR_MS / 2);
    session.inputIds = [];
    stopping.leave();
    jest.advanceTimersByTime(EXIT_HOOKS_MS - 1);
    expect(signals).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(signals).toEqual(['SIGINT']);
  });

  test('to finish its inputs is interrupted, once, by a stop that does not wait for them', () => {
    const { stopping, session, signals } = container('in-1');
    stopping.stop(drain);
    jest.advanceTimersByTime(HOUR_MS / 2);
    stopping.stop(graceful);
    jest.advanceTimersByTime(0);
    expect(signals).toEqual(['SIGINT']);
    session.inputIds = [];
    jest.advanceTimersByTime(9_999);
    expect(signals).toEqual(['SIGINT']);
  });

  test('and was told to leave one of its slots finishes what it has in the others', () => {
    const { stopping, session, signals } = container('in-1');
    session.inputs.heldUntil = Date.now() + HOUR_MS;
    stopping.stop(drain);
    stopping.leave();
    jest.advanceTimersByTime(HOUR_MS);
    expect(signals).toEqual([]);
    jest.advanceTimersByTime(EXIT_HOOKS_MS);
    expect(signals).toEqual(['SIGINT']);
  });

  test('and has nothing in hand is interrupted if it does not ask', () => {
    const { stopping, signals } = container();
    stopping.stop(drain);
    jest.advanceTimersByTime(3_000);
    expect(signals).toEqual(['SIGINT']);
  });

  test('has no more said to it once it is over', () => {
    const { stopping, signals } = container('in-1');
    stopping.close();
    stopping.stop(graceful);
    jest.advanceTimersByTime(HOUR_MS);
    expect(signals).toEqual([]);
  });
});

test('web requests inside end in their own time only where inputs do', () => {
  expect(webGrace(drain)).toBe('as-long-as-allowed');
  expect(webGrace(graceful)).toBe(0);
});
