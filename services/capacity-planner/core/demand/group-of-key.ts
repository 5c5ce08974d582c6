import { regionMatches, shapeOfDemandKey, type DemandShape } from '@slipway/contracts';
import { CPU_ONLY, type GpuType, type Offer } from '../catalogue/offer.js';
import type { DemandGroup, GroupId, Pins } from './demand-group.js';

/** What of an offer says where it stands and what it is. */
export type OfferPlace = Readonly<
  Pick<Offer, 'vendor' | 'region' | 'geo'> & { shape: Pick<Offer['shape'], 'gpuType'> }
>;

/** Containers that a customer has reserved, by demand key. */
export type Floors = ReadonlyMap<string, number>;

/** Where the platform's bytes are: what containers pull comes from there. */
export type DataHome = Readonly<{ vendor: string; region: string; gibPerContainerHour: number }>;

/**
 * The demand group that a key of the scheduler's facts stands for. A broad pin becomes the list of the regions that the
 * catalogue has there; one that no offer meets stays as it is, so that the plan names its shortage. Undefined for a text that is no key.
 */
export const groupOfKey = (
  demandKey: string,
  offers: readonly OfferPlace[],
  floors: Floors,
  home?: DataHome,
): DemandGroup | undefined => {
  const shape = shapeOfDemandKey(demandKey);
  return shape && groupOfShape(demandKey, shape, offers, floors.get(demandKey) ?? 0, home);
};

/** The demand group of a shape, whatever it is called. */
export const groupOfShape = (
  groupId: GroupId,
  shape: DemandShape,
  offers: readonly OfferPlace[],
  floorContainers: number,
  home?: DataHome,
): DemandGroup => ({
  groupId,
  gpuTypes: gpuTypesOf(shape, offers),
  gpusPerContainer: shape.gpuTypes.length === 0 ? 0 : shape.gpusPerContainer,
  vcpusPerContainer: shape.milliCpu / 1_000,
  memoryMiBPerContainer: shape.memoryMiB,
  pins: pinsOf(shape, offers),
  spot: shape.spotTolerated ? 'tolerated' : 'refused',
  waitClass: shape.latencyClass,
  priority: shape.priority,
  // What serves a person is moved only with a stand-in ready; a job's container ends by itself.
  movement: shape.latencyClass === 'interactive' ? 'sticky' : 'free',
  ...(home === undefined ? {} : { data: home }),
  floorContainers,
});

const gpuTypesOf = ({ gpuTypes }: DemandShape, offers: readonly OfferPlace[]): readonly GpuType[] => {
  if (gpuTypes.length === 0) return [CPU_ONLY];
  const known = [...new Set(offers.map(({ shape }) => shape.gpuType))].filter((gpu) => gpu !== CPU_ONLY);
  return [...new Set(gpuTypes.flatMap((gpu) => (gpu === 'any' ? known.toSorted() : [gpu])))];
};

const pinsOf = ({ regions, vendors }: DemandShape, offers: readonly OfferPlace[]): Pins => ({
  vendors,
  regions: [...new Set(regions.flatMap((pin) => regionsOf(pin, offers)))].toSorted(),
  geos: [],
});

const regionsOf = (pin: string, offers: readonly OfferPlace[]): readonly string[] => {
  const met = offers.filter(({ region, geo }) => regionMatches(pin, region, geo)).map(({ region }) => region);
  return met.length === 0 ? [pin] : met;
};
