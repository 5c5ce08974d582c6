import { refuse, type Refusal } from '@slipway/kernel';

/** What a member may do in its workspace. */
export type WorkspaceRole = 'owner' | 'manager' | 'member';
/** What a principal may do in one environment. */
export type EnvironmentRole = 'contributor' | 'viewer' | 'no-access';

/** What a caller may do in one environment. Code of containers is a `caller` outside its own: it looks, and calls functions. */
export type EnvironmentStanding = EnvironmentRole | 'caller';

/** Roles over all environments of a workspace: those that differ from `roleElsewhere`, by name. */
export type RolesByEnvironment<Role = EnvironmentStanding> = Readonly<{
  environmentRoles: Readonly<Record<string, Role>>;
  /** Also in environments that are made later. */
  roleElsewhere: Role;
}>;

/** Somebody of a workspace: a person, or an account of a program. */
export type Principal = Readonly<{
  principalId: string;
  kind: 'member' | 'service-user';
  name: string;
  role: WorkspaceRole;
}>;

/** What a request wants to do: look at things, call functions, make and change things, or manage the workspace itself. */
export type Access = 'look' | 'call' | 'change' | 'manage';

/** Who may do what: the whole table. */
export const MAY: Readonly<Record<WorkspaceRole | EnvironmentStanding, readonly Access[]>> = {
  owner: ['look', 'call', 'change', 'manage'],
  manager: ['look', 'call', 'change', 'manage'],
  // What a member and a service user may do in an environment is said by their role there.
  member: [],
  contributor: ['look', 'call', 'change'],
  caller: ['look', 'call'],
  viewer: ['look'],
  'no-access': [],
};

export type RoleQuestion = Readonly<{
  principal: Principal;
  /** The role that was given to the principal in this environment. */
  assigned?: EnvironmentRole;
  /** The role of members who were given none; environments without one are open to all members. */
  forMembers?: EnvironmentRole;
}>;

/** The role of a principal in an environment. A service user has none that was not given to it. */
export const roleInEnvironment = ({ principal, assigned, forMembers }: RoleQuestion): EnvironmentRole => {
  if (principal.role !== 'member') return 'contributor';
  if (assigned) return assigned;
  return principal.kind === 'service-user' ? 'no-access' : (forMembers ?? 'contributor');
};

/** Undefined where `manager` may change or end a token, or a membership, of `of`: one's own, and for managers those not above. */
export const refuseManaging = (manager: Principal, of: Principal): Refusal | undefined => {
  if (manager.principalId === of.principalId || manager.role === 'owner') return undefined;
  if (manager.role === 'manager' && of.role !== 'owner') return undefined;
  return refuse(
    'forbidden',
    'role-too-low',
    `'${manager.name}' is a ${manager.role} and may not do this to ${of.name}, who is ${of.role}: ask an owner.`,
  );
};
