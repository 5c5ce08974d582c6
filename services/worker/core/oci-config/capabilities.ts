/**
 * What root may do inside: own its files, switch users, listen on low ports: what package managers need.
 * No raw sockets (a container cannot send in another's name), no mounts, no device nodes but in builds.
 */
const OF_A_CONTAINER = [
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_KILL',
  'CAP_NET_BIND_SERVICE',
  'CAP_SETFCAP',
  'CAP_SETGID',
  'CAP_SETPCAP',
  'CAP_SETUID',
  'CAP_SYS_CHROOT',
] as const;

/** Package scripts make device nodes; the devices cgroup keeps them from being opened. */
const ALSO_OF_A_BUILD = ['CAP_MKNOD', 'CAP_AUDIT_WRITE'] as const;

export const capabilitiesFor = (purpose: 'serve' | 'build'): readonly string[] =>
  purpose === 'build' ? [...OF_A_CONTAINER, ...ALSO_OF_A_BUILD] : OF_A_CONTAINER;
