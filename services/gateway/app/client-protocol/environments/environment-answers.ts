import {
  environmentCreate,
  environmentDelete,
  environmentGetOrCreate,
  environmentList,
  environmentUpdate,
} from './environment.rpc.js';
import { environmentGetRoles, environmentRoleSet } from './environment-roles.rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/** Which function answers which rpc about environments. */
export const environmentAnswers = (parts: RpcParts) => ({
  environmentGetOrCreate: environmentGetOrCreate(parts),
  environmentList: environmentList(parts),
  environmentCreate: environmentCreate(parts),
  environmentUpdate: environmentUpdate(parts),
  environmentDelete: environmentDelete(parts),
  environmentGetRoles: environmentGetRoles(parts),
  environmentRoleSet: environmentRoleSet(parts),
});
