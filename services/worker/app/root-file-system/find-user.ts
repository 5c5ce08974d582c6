import { readFile } from 'node:fs/promises';
import type { ContainerUser } from '@slipway/worker-core';
import { resolveInRoot } from './resolve-in-root.js';

const ROOT_USER: ContainerUser = { uid: 0, gid: 0 };

const rowsOf = async (root: string, file: string): Promise<readonly (readonly string[])[]> => {
  const text = await readFile(await resolveInRoot(root, file), 'utf8').catch(() => '');
  return text.split('\n').map((line) => line.split(':'));
};

/**
 * Who `user[:group]` (names or numbers, as a Dockerfile's USER has them) is in this root file system.
 * Throws when a name is unknown there.
 */
export const findUser = async (root: string, wanted: string | undefined): Promise<ContainerUser> => {
  if (wanted === undefined || wanted === '') return ROOT_USER;
  const [user = '', group] = wanted.split(':');
  const users = await rowsOf(root, '/etc/passwd');
  const row = users.find(([name, , uid]) => name === user || uid === user);
  if (row === undefined && !/^\d+$/.test(user))
    throw new Error(`the image has no user named '${user}'; /etc/passwd must list it`);
  const uid = Number(row?.[2] ?? user);
  if (group === undefined || group === '') return { uid, gid: Number(row?.[3] ?? 0) };
  const groups = await rowsOf(root, '/etc/group');
  const groupRow = groups.find(([name, , gid]) => name === group || gid === group);
  if (groupRow === undefined && !/^\d+$/.test(group))
    throw new Error(`the image has no group named '${group}'; /etc/group must list it`);
  return { uid, gid: Number(groupRow?.[2] ?? group) };
};
