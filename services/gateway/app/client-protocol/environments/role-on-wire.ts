import { EnvironmentRole as WireRole } from '@slipway/protocol';
import type { EnvironmentRole } from '@slipway/gateway-core';

const WIRE: Readonly<Record<EnvironmentRole, WireRole>> = {
  contributor: WireRole.CONTRIBUTOR,
  viewer: WireRole.VIEWER,
  'no-access': WireRole.NO_ACCESS,
};

export const roleOnWire = (role: EnvironmentRole): WireRole => WIRE[role];

/** Undefined for what is no role of ours. */
export const roleOfWire = (role: WireRole | undefined): EnvironmentRole | undefined =>
  (Object.keys(WIRE) as EnvironmentRole[]).find((name) => WIRE[name] === role);
