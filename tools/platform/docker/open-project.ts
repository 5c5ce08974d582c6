import type { Home } from '../home.ts';
import { readKeptPorts } from '../ports.ts';
import { keepSecrets } from '../secrets.ts';
import { composeEnvironment } from './compose-environment.ts';
import { ComposeProject, readDockerMark } from './compose-project.ts';

/** What of this home runs in Docker since it was last brought up; undefined where nothing does. */
export const openProject = (home: Home): ComposeProject | undefined => {
  const mark = readDockerMark(home);
  if (mark === undefined) return undefined;
  const { ports } = readKeptPorts(home);
  return new ComposeProject(home, mark, composeEnvironment(ports, keepSecrets(home)));
};
