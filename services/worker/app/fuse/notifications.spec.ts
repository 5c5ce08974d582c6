import { invalidate } from './notifications.js';

test('a mount that is served no more is told nothing: its descriptor’s number may be another file’s', async () => {
  const nobody = -1;
  const gone = [{ node: 1, name: 'f' }] as unknown as Parameters<typeof invalidate>[1];
  await expect(invalidate(nobody, gone, () => true)).rejects.toThrow();
  await expect(invalidate(nobody, gone, () => false)).resolves.toBeUndefined();
});
