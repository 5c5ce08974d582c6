import type { Instant } from '@slipway/kernel';
import type { Engine } from '../engine.js';
import { tellRoom } from '../room/room.decide.js';

/** Says which functions want more containers than there is room for. */
export const tellRoomOfAll = (engine: Engine, at: Instant): void => {
  const { state, lackingRoom } = engine;
  for (const functionId of new Set([...lackingRoom.keys(), ...state.roomLacked.keys()])) {
    const lack = lackingRoom.get(functionId);
    const events = tellRoom(functionId, state.roomLacked.get(functionId), lack, at);
    if (events.length === 0) continue;
    engine.record(events, at);
    if (lack !== undefined) lackingRoom.set(functionId, { ...lack, saidAt: at });
  }
};
