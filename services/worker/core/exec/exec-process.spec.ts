import type { OciProcess } from '../oci-config/oci-config.js';
import { execProcess } from './exec-process.js';

const own: OciProcess = {
  terminal: false,
  user: { uid: 7, gid: 7 },
  args: ['python'],
  env: ['PATH=/bin', 'HOME=/root', 'EMPTY='],
  cwd: '/root',
  noNewPrivileges: true,
  oomScoreAdj: 800,
  capabilities: { bounding: [], effective: [], permitted: [] },
  rlimits: [],
};

test('a further program has the user, rights, folder and environment of the container', () => {
  expect(execProcess(own, { args: ['ls', '-l'], env: {} })).toEqual({ ...own, args: ['ls', '-l'] });
});

test('a terminal tells its size and kind; what the caller names wins', () => {
  const process = execProcess(own, {
    args: ['bash'],
    env: { HOME: '/tmp', TERM: 'dumb' },
    cwd: '/srv',
    terminal: { rows: 40, columns: 120, env: { TERM: 'xterm', COLORTERM: 'truecolor' } },
  });
  expect(process).toMatchObject({ terminal: true, consoleSize: { height: 40, width: 120 }, cwd: '/srv' });
  expect(process.env).toEqual(['PATH=/bin', 'EMPTY=', 'TERM=dumb', 'COLORTERM=truecolor', 'HOME=/tmp']);
});
