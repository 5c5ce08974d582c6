import { MemberRole } from '@slipway/protocol';
import type { WorkspaceRole } from '@slipway/gateway-core';

const WIRE: Readonly<Record<WorkspaceRole, MemberRole>> = {
  owner: MemberRole.OWNER,
  manager: MemberRole.MANAGER,
  member: MemberRole.USER,
};

export const memberRoleOnWire = (role: WorkspaceRole): MemberRole => WIRE[role];
