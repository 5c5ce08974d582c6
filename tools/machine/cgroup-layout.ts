export type CgroupLayout = 'v1' | 'v2' | 'hybrid' | 'none';

/** Which cgroup hierarchies the text of /proc/self/mounts shows; hybrid has both, with the controllers in v1. */
export const cgroupLayout = (mounts: string): CgroupLayout => {
  const types = new Set(mounts.split('\n').map((line) => line.split(' ')[2]));
  if (types.has('cgroup')) return types.has('cgroup2') ? 'hybrid' : 'v1';
  return types.has('cgroup2') ? 'v2' : 'none';
};
