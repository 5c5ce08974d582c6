import { cgroupLayout } from './cgroup-layout.ts';

test.each([
  ['cgroup2 /sys/fs/cgroup cgroup2 rw 0 0', 'v2'],
  ['cgroup /sys/fs/cgroup/cpu cgroup rw 0 0', 'v1'],
  ['cgroup /sys/fs/cgroup/cpu cgroup rw 0 0\ncgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0', 'hybrid'],
  ['tmpfs /tmp tmpfs rw 0 0', 'none'],
])('%j is %s', (mounts, layout) => {
  expect(cgroupLayout(mounts)).toBe(layout);
});
