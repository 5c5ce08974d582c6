import type { FunctionId } from '@slipway/contracts';

/** A function wants more containers than fit anywhere: what the capacity planner reads demand from. */
export type RoomLacked = {
  type: 'room-lacked';
  data: { functionId: FunctionId; demandKey: string; containers: number };
};
export type RoomFound = { type: 'room-found'; data: { functionId: FunctionId } };

export type RoomEvent = RoomLacked | RoomFound;
