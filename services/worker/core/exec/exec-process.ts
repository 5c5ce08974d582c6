import type { Environment } from '../environment/container-environment.js';
import type { OciProcess } from '../oci-config/oci-config.js';

export type Terminal = Readonly<{ rows: number; columns: number; env: Environment }>;

/** A further program for a running container. */
export type ExecPlan = Readonly<{
  args: readonly string[];
  /** Added to the container's own environment. */
  env: Environment;
  cwd?: string;
  terminal?: Terminal;
}>;

const nameOf = (assignment: string): string => assignment.slice(0, assignment.indexOf('='));

/** The program runs as the container's own does: its user, rights, limits, folder and environment, what the plan changes apart. */
export const execProcess = (own: OciProcess, { args, env, cwd, terminal }: ExecPlan): OciProcess => {
  const added = { ...terminal?.env, ...env };
  return {
    ...own,
    args,
    cwd: cwd ?? own.cwd,
    env: [
      ...own.env.filter((assignment) => !(nameOf(assignment) in added)),
      ...Object.entries(added).map(([name, value]) => `${name}=${value}`),
    ],
    terminal: terminal !== undefined,
    ...(terminal && { consoleSize: { height: terminal.rows, width: terminal.columns } }),
  };
};
