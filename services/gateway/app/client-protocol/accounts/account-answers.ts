import {
  serviceUserCreate,
  serviceUserDelete,
  serviceUserInfo,
  serviceUserList,
} from './service-users.rpc.js';
import { tokenFlowCreate, tokenFlowWait } from './token-flow.rpc.js';
import { tokenDelete, tokenDisable, tokenEnable, tokenInfoGet, tokensList } from './tokens.rpc.js';
import {
  workspaceDashboardUrlGet,
  workspaceMembersList,
  workspaceNameLookup,
  workspaceSetDefaultEnvironment,
  workspaceSetImageBuilderVersion,
  workspaceSettings,
} from './workspace.rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/** Which function answers which rpc about workspaces, members, service users and tokens. */
export const accountAnswers = (parts: RpcParts) => ({
  tokenFlowCreate: tokenFlowCreate(parts),
  tokenFlowWait: tokenFlowWait(parts),
  tokenInfoGet: tokenInfoGet(parts),
  tokensList: tokensList(parts),
  tokenDelete: tokenDelete(parts),
  tokenDisable: tokenDisable(parts),
  tokenEnable: tokenEnable(parts),
  serviceUserCreate: serviceUserCreate(parts),
  serviceUserDelete: serviceUserDelete(parts),
  serviceUserInfo: serviceUserInfo(parts),
  serviceUserList: serviceUserList(parts),
  workspaceNameLookup: workspaceNameLookup(parts),
  workspaceMembersList: workspaceMembersList(parts),
  workspaceSettings: workspaceSettings(parts),
  workspaceSetDefaultEnvironment: workspaceSetDefaultEnvironment(parts),
  workspaceSetImageBuilderVersion: workspaceSetImageBuilderVersion(parts),
  workspaceDashboardUrlGet: workspaceDashboardUrlGet(parts),
});
