import type { VolumeEntry } from '@slipway/contracts';
import { planCopy } from './plan-copy.js';
import { TreeDraft } from './tree-draft.js';

const folder = (path: string): VolumeEntry => ({ path, kind: 'directory', mode: 0o755, mtimeMs: 1 });
const ENTRIES = [folder('all'), ...Array.from({ length: 200_000 }, (_, index) => folder(`all/${index}`))];

test('a folder is taken away whole, however many entries are in it', () => {
  const draft = new TreeDraft();
  draft.load(ENTRIES);
  draft.dropSubtree('all');
  expect(draft.changed().size).toBe(ENTRIES.length);
});

test('a folder is copied whole, however many entries are in it', () => {
  const [all, ...below] = ENTRIES;
  const view = { find: (path: string) => (path === 'all' ? all : undefined), below: () => below };
  const order = { from: ['all'], to: 'copy', toFolder: false, recursive: true };
  expect(planCopy(order, view, 1)).toHaveLength(ENTRIES.length);
});
