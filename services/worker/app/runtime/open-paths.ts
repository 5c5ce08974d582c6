import { readdir, readlink } from 'node:fs/promises';
import { runCommand } from '../command/run-command.js';

const linksIn = async (folder: string): Promise<readonly string[]> => {
  const names = await readdir(folder).catch(() => []);
  return Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
};

/** What the processes of a plain container have open, and where they are, as the kernel says. */
export const openPathsOfProcesses = async (processIds: readonly number[]): Promise<readonly string[]> => {
  const paths = await Promise.all(
    processIds.map(async (pid) => [
      ...(await linksIn(`/proc/${pid}/fd`)),
      await readlink(`/proc/${pid}/cwd`).catch(() => ''),
    ]),
  );
  return paths.flat();
};

type SandboxProcess = Readonly<{ fdlist?: readonly Readonly<{ path?: string }>[] | null; cwd?: string }>;

/** The same of a container of gVisor, whose processes only gVisor knows: after a heading, it prints a line of JSON for each. */
export const openPathsOfSandbox = async (
  binary: string,
  flags: readonly string[],
  id: string,
): Promise<readonly string[]> => {
  const printed = await runCommand(binary, [...flags, 'trace', 'procfs', id]);
  return printed
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .flatMap((line) => {
      const { fdlist, cwd } = JSON.parse(line) as SandboxProcess;
      return [...(fdlist ?? []).map(({ path }) => path ?? ''), cwd ?? ''];
    });
};
