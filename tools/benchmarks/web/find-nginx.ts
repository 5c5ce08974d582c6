import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../install/cache-folder.ts';
import { checkoutFolder } from '../../platform/home.ts';
import { runLogged } from '../../terminal/run-logged.ts';
import { runQuietly } from '../../terminal/run-quietly.ts';

/** An nginx: the machine's own, or Debian's, unpacked in the user's cache so that no service of it is started. Throws where there is none. */
export const findNginx = async (): Promise<string> => {
  if ((await runQuietly('nginx', ['-v'])).ok) return 'nginx';
  const folder = cacheFolder('nginx', 'debian');
  const unpacked = join(folder, 'usr', 'sbin', 'nginx');
  if (!existsSync(unpacked)) {
    const log = join(checkoutFolder, '.slipway-bench', 'logs', 'nginx.log');
    mkdirSync(folder, { recursive: true });
    await runLogged('apt-get', ['download', 'nginx'], { log, folder });
    const [file] = readdirSync(folder).filter((name) => name.endsWith('.deb'));
    await runLogged('dpkg-deb', ['--extract', join(folder, file!), folder], { log });
  }
  const { ok, output } = await runQuietly(unpacked, ['-v']);
  if (!ok) throw new Error(`nginx is not installed, and Debian's does not run here: ${output}`);
  return unpacked;
};
