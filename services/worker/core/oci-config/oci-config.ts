import type { CgroupResources } from '../resources/cgroup-resources.js';
import type { SeccompProfile } from './seccomp-profile.js';

export type OciMount = Readonly<{
  destination: string;
  type: string;
  source: string;
  options?: readonly string[];
}>;

/** One program of a container, as OCI runtimes take it. */
export type OciProcess = Readonly<{
  terminal: boolean;
  consoleSize?: Readonly<{ height: number; width: number }>;
  user: Readonly<{ uid: number; gid: number; additionalGids?: readonly number[] }>;
  args: readonly string[];
  env: readonly string[];
  cwd: string;
  noNewPrivileges: true;
  oomScoreAdj: number;
  capabilities: Readonly<Record<'bounding' | 'effective' | 'permitted', readonly string[]>>;
  rlimits: readonly Readonly<{ type: string; hard: number; soft: number }>[];
}>;

/** The part of an OCI runtime configuration (config.json, version 1.0.2) that we use. */
export type OciConfig = Readonly<{
  ociVersion: '1.0.2';
  hostname: string;
  root: Readonly<{ path: string; readonly: boolean }>;
  process: OciProcess;
  mounts: readonly OciMount[];
  linux: Readonly<{
    cgroupsPath: string;
    resources: CgroupResources;
    devices?: readonly Readonly<{
      path: string;
      type: 'c';
      major: number;
      minor: number;
      fileMode: number;
    }>[];
    namespaces: readonly Readonly<{ type: string; path?: string }>[];
    sysctl?: Readonly<Record<string, string>>;
    seccomp?: SeccompProfile;
    maskedPaths: readonly string[];
    readonlyPaths: readonly string[];
  }>;
}>;
