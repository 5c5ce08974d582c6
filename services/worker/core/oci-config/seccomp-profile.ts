export type SeccompProfile = Readonly<{
  defaultAction: 'SCMP_ACT_ALLOW';
  architectures: readonly string[];
  syscalls: readonly Readonly<{
    names: readonly string[];
    action: 'SCMP_ACT_ERRNO';
    errnoRet: number;
    args?: readonly Readonly<{ index: number; value: number; valueTwo?: number; op: string }>[];
  }>[];
}>;

const EPERM = 1;
const ENOSYS = 38;

/** Talk to the kernel as a whole, not to what a container owns; most also need a capability that no container has. */
const DENIED = [
  // keys, which are not namespaced
  ...['add_key', 'keyctl', 'request_key'],
  // code in the kernel, and its tracing
  ...[
    'bpf',
    'create_module',
    'delete_module',
    'finit_module',
    'init_module',
    'kexec_file_load',
    'kexec_load',
  ],
  ...['lookup_dcookie', 'perf_event_open', 'fanotify_init', 'userfaultfd'],
  // mounts and namespaces
  ...[
    'fsconfig',
    'fsmount',
    'fsopen',
    'fspick',
    'mount',
    'mount_setattr',
    'move_mount',
    'open_tree',
    'pivot_root',
  ],
  ...['setns', 'umount', 'umount2', 'unshare', 'open_by_handle_at', 'name_to_handle_at'],
  // the machine: clock, swap, accounting, power, hardware
  ...[
    'acct',
    'adjtimex',
    'clock_adjtime',
    'clock_settime',
    'ioperm',
    'iopl',
    'nfsservctl',
    'quotactl',
    'quotactl_fd',
  ],
  ...['reboot', 'settimeofday', 'stime', 'swapoff', 'swapon', 'syslog', 'vhangup'],
  // memory placement across processes, and old interfaces
  ...['migrate_pages', 'move_pages', 'kcmp', 'process_madvise', 'pidfd_getfd'],
  ...[
    '_sysctl',
    'get_kernel_syms',
    'query_module',
    'sysfs',
    'uselib',
    'ustat',
    'vm86',
    'vm86old',
    'modify_ldt',
  ],
] as const;

/** Asynchronous rings go around the filter; programs fall back when the kernel says that it has none. */
const ABSENT = ['io_uring_setup', 'io_uring_enter', 'io_uring_register'] as const;

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET */
const NAMESPACE_FLAGS = [
  0x0002_0000, 0x0200_0000, 0x0400_0000, 0x0800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000,
];

const ADDRESS_FAMILY_VSOCK = 40;

/**
 * What system calls a container under runc may not make. Tracing a process of the same container is allowed (debuggers
 * need it): the pid namespace bounds it. clone3 hides its flags in memory, so it is absent and libc falls back to clone.
 */
export const seccompProfile: SeccompProfile = {
  defaultAction: 'SCMP_ACT_ALLOW',
  architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32', 'SCMP_ARCH_AARCH64', 'SCMP_ARCH_ARM'],
  syscalls: [
    { names: DENIED, action: 'SCMP_ACT_ERRNO', errnoRet: EPERM },
    { names: [...ABSENT, 'clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: ENOSYS },
    ...NAMESPACE_FLAGS.map((flag) => ({
      names: ['clone'],
      action: 'SCMP_ACT_ERRNO' as const,
      errnoRet: EPERM,
      args: [{ index: 0, value: flag, valueTwo: flag, op: 'SCMP_CMP_MASKED_EQ' }],
    })),
    {
      names: ['socket'],
      action: 'SCMP_ACT_ERRNO',
      errnoRet: EPERM,
      args: [{ index: 0, value: ADDRESS_FAMILY_VSOCK, op: 'SCMP_CMP_EQ' }],
    },
  ],
};
