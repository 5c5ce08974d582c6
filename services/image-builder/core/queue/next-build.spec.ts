import type { WorkspaceId } from '@slipway/contracts';
import { nextBuild, type BuildPlaces } from './next-build.js';

const waiting = (...names: string[]) =>
  names.map((name) => ({ workspaceId: name.charAt(0) as WorkspaceId, name }));
const places = (running: string[], more: Partial<BuildPlaces> = {}): BuildPlaces => ({
  total: 4,
  running: running as WorkspaceId[],
  served: [],
  ...more,
});

describe('a free place for a build', () => {
  test('goes to the workspace with the fewest that run', () => {
    expect(nextBuild(waiting('a1', 'b1'), places(['a', 'a']))?.name).toBe('b1');
    expect(nextBuild(waiting('a1', 'b1', 'c1'), places(['a', 'b']))?.name).toBe('c1');
  });
  test('goes round, and within a workspace to who came first', () => {
    const queue = waiting('a1', 'a2', 'b1');
    expect(nextBuild(queue, places([]))?.name).toBe('a1');
    expect(nextBuild(queue, places([], { served: ['a'] }))?.name).toBe('b1');
    expect(nextBuild(queue, places([], { served: ['a', 'b'] }))?.name).toBe('a1');
    expect(nextBuild(queue, places([], { total: 1, served: ['b', 'a'] }))?.name).toBe('b1');
  });
  test('that is the last one is kept for a workspace of which none runs', () => {
    expect(nextBuild(waiting('a1', 'b1'), places(['a', 'a', 'b']))).toBeUndefined();
    expect(nextBuild(waiting('a1', 'c1'), places(['a', 'a', 'b']))?.name).toBe('c1');
    expect(nextBuild(waiting('a1'), places([], { total: 1 }))?.name).toBe('a1');
  });
  test('is there only as long as not all are taken', () => {
    expect(nextBuild(waiting('c1'), places(['a', 'a', 'b', 'b']))).toBeUndefined();
    expect(nextBuild([], places([]))).toBeUndefined();
  });
});
