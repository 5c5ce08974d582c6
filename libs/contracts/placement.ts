/** Where a container may run; what is left out does not matter. A pin is never broken, only waited for. */
export type PlacementNeed = Readonly<{
  /** Acceptable regions, narrow (`us-east-1`) or broad (`us`, `eu`). */
  regions?: readonly string[];
  /** Acceptable cloud vendors. */
  vendors?: readonly string[];
  /** Whether its host may be taken away on short notice. */
  preemption: 'tolerated' | 'refused';
}>;

/** How much a wait for a container matters: somebody looks on, somebody will look later, nobody waits. */
export type LatencyClass = 'interactive' | 'batch' | 'background';

/** What a host that was bought by the capacity planner says of itself, as the planner labelled it. */
export type HostLabels = Readonly<{
  hostId: string;
  offerId: string;
  vendor: string;
  region: string;
  zone?: string;
  /** The broad region that the catalogue counts the region to. */
  geo?: string;
  instanceType: string;
  purchase: 'on-demand' | 'spot' | 'reserved';
}>;

/** Whether a region, or the broad one that it counts to, is what a pin names: `us` holds for `us-east-1`. */
export const regionMatches = (pin: string, region: string, geo?: string): boolean =>
  [region, geo].some((place) => place !== undefined && (place === pin || place.startsWith(`${pin}-`)));

/** Whether a host may take a container. One that does not say where it stands is a site's own machine, and takes every pin. */
export const mayPlace = (need: PlacementNeed | undefined, host: HostLabels | undefined): boolean => {
  if (need === undefined || host === undefined) return true;
  const { regions = [], vendors = [], preemption } = need;
  return (
    (regions.length === 0 || regions.some((pin) => regionMatches(pin, host.region, host.geo))) &&
    (vendors.length === 0 || vendors.includes(host.vendor)) &&
    (preemption === 'tolerated' || host.purchase !== 'spot')
  );
};
