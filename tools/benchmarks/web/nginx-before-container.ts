import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { begunThings } from '../begun-things.ts';
import { OwnContainer, type Runtime } from '../container/own-container.ts';
import type { CapturedContainer } from '../container/captured-container.ts';
import { programPath } from '../client/run-program.ts';
import { findNginx } from './find-nginx.ts';
import { freePort } from './free-port.ts';

const upWithinMs = 60_000;

export type RunningNginx = Readonly<{ port: number; end: () => Promise<void> }>;

/** Starts the same app under uvicorn in a container of the same image and runtime, behind nginx on a port of its own. */
export const startNginxBeforeContainer = async (
  captured: CapturedContainer,
  runtime: Runtime,
  folder: string,
): Promise<RunningNginx> => {
  const nginx = await findNginx();
  const control = join(folder, 'control');
  mkdirSync(control, { recursive: true });
  for (const name of ['web_app.py', 'serve_web_app.py']) cpSync(programPath(name), join(control, name));
  const container = new OwnContainer(captured, {
    runtime,
    folder: join(folder, 'container'),
    controlFolder: control,
    makesSockets: true,
    args: ['python', '/run/slipway/serve_web_app.py', '/run/slipway/app.sock'],
  });
  const port = await freePort();
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port, join(control, 'app.sock')));
  let proxy: ChildProcess | undefined;
  const end = begunThings.note(async () => {
    proxy?.kill();
    await container.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  const words = ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')];
  try {
    await container.prepare();
    container.start();
    proxy = spawn(nginx, [...words, '-g', 'daemon off;'], { stdio: 'ignore' });
    for (let waitedMs = 0; !existsSync(join(control, 'app.sock')); waitedMs += 100) {
      if (waitedMs > upWithinMs) throw new Error(`uvicorn did not listen within ${upWithinMs / 1000} s`);
      await sleep(100);
    }
    return { port, end };
  } catch (error) {
    await end();
    throw error;
  }
};

const configuration = (folder: string, port: number, socket: string): string => `
worker_processes 1;
user root;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 4096; }
http {
  access_log off;
  client_max_body_size 0;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
  upstream app { server unix:${socket}; keepalive 64; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://app;
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_read_timeout 300s;
    }
  }
}
`;
