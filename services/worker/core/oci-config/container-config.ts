import type { DeviceNode } from '../gpu/gpu-edits.js';
import type { Environment } from '../environment/container-environment.js';
import { cgroupResources } from '../resources/cgroup-resources.js';
import type { ContainerLimits } from '../resources/container-limits.js';
import type { HostMachine } from '../resources/host-machine.js';
import { capabilitiesFor } from './capabilities.js';
import { containerMounts, type BoundPath } from './container-mounts.js';
import type { OciConfig } from './oci-config.js';
import { seccompProfile } from './seccomp-profile.js';

export type ContainerUser = Readonly<{ uid: number; gid: number; additionalGids?: readonly number[] }>;

/** All that makes one container differ from another. */
export type ContainerPlan = Readonly<{
  hostname: string;
  rootPath: string;
  args: readonly string[];
  env: Environment;
  cwd: string;
  user: ContainerUser;
  limits: ContainerLimits;
  purpose: 'serve' | 'build';
  cgroupsPath: string;
  networkNamespacePath: string;
  bound: readonly BoundPath[];
  deviceNodes: readonly DeviceNode[];
}>;

/** Containers die before anything of the platform when the whole machine is short of memory. */
const OOM_SCORE_OF_A_CONTAINER = 800;
const OPEN_FILES = 65_536;

const MASKED = [
  ...['/proc/acpi', '/proc/asound', '/proc/kcore', '/proc/keys', '/proc/latency_stats', '/proc/sched_debug'],
  ...['/proc/scsi', '/proc/timer_list', '/proc/timer_stats', '/proc/sysrq-trigger', '/proc/kallsyms'],
  ...['/sys/firmware', '/sys/devices/virtual/powercap', '/sys/kernel/debug', '/sys/fs/bpf'],
];
const READ_ONLY = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys'];

/** The OCI configuration of one container. gVisor brings its own kernel, so it takes no seccomp profile and no sysctl. */
export const containerConfig = (
  plan: ContainerPlan,
  host: HostMachine,
  runtime: 'runsc' | 'runc',
): OciConfig => {
  const capabilities = capabilitiesFor(plan.purpose);
  const openFiles = Math.min(OPEN_FILES, host.openFilesLimit);
  const resources = cgroupResources(plan.limits, host);
  return {
    ociVersion: '1.0.2',
    hostname: plan.hostname,
    root: { path: plan.rootPath, readonly: false },
    process: {
      terminal: false,
      user: plan.user,
      args: plan.args,
      env: Object.entries(plan.env).map(([name, value]) => `${name}=${value}`),
      cwd: plan.cwd,
      noNewPrivileges: true,
      oomScoreAdj: OOM_SCORE_OF_A_CONTAINER,
      capabilities: { bounding: capabilities, effective: capabilities, permitted: capabilities },
      rlimits: [
        { type: 'RLIMIT_NOFILE', hard: openFiles, soft: openFiles },
        { type: 'RLIMIT_CORE', hard: 0, soft: 0 },
      ],
    },
    mounts: containerMounts(plan.bound, Math.max(64, Math.floor(plan.limits.memoryLimitMiB / 2))),
    linux: {
      cgroupsPath: plan.cgroupsPath,
      resources: {
        ...resources,
        devices: [
          ...resources.devices,
          ...plan.deviceNodes.map(({ major, minor }) => ({
            allow: true,
            access: 'rwm',
            type: 'c',
            major,
            minor,
          })),
        ],
      },
      ...(plan.deviceNodes.length > 0 && {
        devices: plan.deviceNodes.map((node) => ({ ...node, type: 'c' as const, fileMode: 0o666 })),
      }),
      namespaces: [
        { type: 'pid' },
        { type: 'ipc' },
        { type: 'uts' },
        { type: 'mount' },
        { type: 'network', path: plan.networkNamespacePath },
        ...(host.cgroups === 'v2' ? [{ type: 'cgroup' }] : []),
      ],
      ...(runtime === 'runc' && {
        seccomp: seccompProfile,
        // ping without raw sockets, low ports for any user
        sysctl: { 'net.ipv4.ping_group_range': '0 2147483647', 'net.ipv4.ip_unprivileged_port_start': '0' },
      }),
      maskedPaths: MASKED,
      readonlyPaths: READ_ONLY,
    },
  };
};
