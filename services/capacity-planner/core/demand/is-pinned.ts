import type { DemandGroup } from './demand-group.js';

/** May its containers stand in some places only? */
export const isPinned = ({ pins: { vendors, regions, geos } }: Pick<DemandGroup, 'pins'>): boolean =>
  vendors.length + regions.length + geos.length > 0;
