import { canInstallPackages, missingPackages } from '../../install/debian-packages.ts';
import { askSupervisor } from '../../supervisor/ask-supervisor.ts';
import { ownServers } from '../bring-up.ts';
import type { Home } from '../home.ts';
import type { UpOptions } from '../up-options.ts';
import { chooseWay, type Way } from './choose-way.ts';
import { readDockerMark } from './compose-project.ts';
import { wantsServersInDocker } from './compose-servers.ts';
import { findCompose } from './find-compose.ts';

/** Looks at this machine and at how the platform ran before, and says where it runs now. */
export const findWay = async (
  home: Home,
  asked: boolean,
  { infrastructureOnly, workers }: Pick<UpOptions, 'infrastructureOnly' | 'workers'>,
): Promise<Way> => {
  const running = await askSupervisor(home.folder, { command: 'status' }).catch(() => undefined);
  const inDocker = readDockerMark(home)?.parts === 'all';
  const missing = await missingPackages(ownServers(wantsServersInDocker(process.env)));
  const canInstall = canInstallPackages();
  const mayIsolate = infrastructureOnly || workers === 0 || process.getuid?.() === 0;
  const isClear = !asked && !inDocker && mayIsolate && (missing.length === 0 || canInstall);
  return chooseWay({
    asked,
    before: running === undefined ? (inDocker ? 'docker' : undefined) : 'here',
    missing,
    canInstall,
    mayIsolate,
    compose: isClear ? { missing: 'nobody looked' } : await findCompose(),
  });
};
