import { canInstallPackages, missingPackages } from '../../install/debian-packages.ts';
import { askSupervisor } from '../../supervisor/ask-supervisor.ts';
import { ownServers } from '../bring-up.ts';
import type { Home } from '../home.ts';
import { chooseWay, type Way } from './choose-way.ts';
import { readDockerMark } from './compose-project.ts';
import { wantsServersInDocker } from './compose-servers.ts';
import { findCompose } from './find-compose.ts';

/** Looks at this machine and at how the platform ran before, and says where it runs now. */
export const findWay = async (home: Home, asked: boolean): Promise<Way> => {
  const running = await askSupervisor(home.folder, { command: 'status' }).catch(() => undefined);
  const inDocker = readDockerMark(home)?.parts === 'all';
  const missing = await missingPackages(ownServers(wantsServersInDocker(process.env)));
  const canInstall = canInstallPackages();
  const isClear = !asked && !inDocker && (missing.length === 0 || canInstall);
  return chooseWay({
    asked,
    before: running === undefined ? (inDocker ? 'docker' : undefined) : 'here',
    missing,
    canInstall,
    compose: isClear ? { missing: 'nobody looked' } : await findCompose(),
  });
};
