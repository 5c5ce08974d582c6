import { tellRoom, type Lack } from './room.decide.js';

const lack = (changes: Partial<Lack> = {}): Lack => ({ containers: 3, demandKey: 'k', since: 0, ...changes });
const told = { functionId: 'fu-1', demandKey: 'k', containers: 3 };
const lacked = (containers: number) => [{ type: 'room-lacked', data: { ...told, containers } }];

describe('what is told of room that a function lacks', () => {
  test('nothing of a lack that may be over in a moment', () => {
    expect(tellRoom('fu-1', undefined, lack(), 999)).toEqual([]);
    expect(tellRoom('fu-1', undefined, lack(), 1_000)).toEqual(lacked(3));
  });

  test('the same number once', () => {
    expect(tellRoom('fu-1', told, lack({ saidAt: 1_000 }), 60_000)).toEqual([]);
  });

  test('another number, but not at every move of it', () => {
    const moved = lack({ containers: 5, saidAt: 1_000 });
    expect(tellRoom('fu-1', told, moved, 5_999)).toEqual([]);
    expect(tellRoom('fu-1', told, moved, 6_000)).toEqual(lacked(5));
  });

  test('its end at once, and once', () => {
    expect(tellRoom('fu-1', told, undefined, 1_001)).toEqual([
      { type: 'room-found', data: { functionId: 'fu-1' } },
    ]);
    expect(tellRoom('fu-1', undefined, undefined, 1_002)).toEqual([]);
  });
});
