import { UnsaidCursor } from './unsaid-cursor.js';

describe('the cursor of a follower whose filter leaves nothing', () => {
  test('is told once a second, and at the end of the poll', () => {
    const cursor = new UnsaidCursor();
    const told = [0, 400, 900, 1_000, 1_200, 1_999, 2_100].map(
      (now) => cursor.saw(`${now}-0`, false, now)?.entryId,
    );
    expect(told).toEqual([undefined, undefined, undefined, '1000-0', undefined, undefined, '2100-0']);
    expect(cursor.rest()).toBeUndefined();
    cursor.saw('2200-0', false, 2_200);
    expect(cursor.rest()).toMatchObject({ entryId: '2200-0', items: [] });
  });

  test('is not told beside what is told anyway', () => {
    const cursor = new UnsaidCursor();
    expect(cursor.saw('1', false, 0)).toBeUndefined();
    expect(cursor.saw('2', true, 5_000)).toBeUndefined();
    expect(cursor.saw('3', false, 5_500)).toBeUndefined();
    cursor.saw('4', true, 5_600);
    expect(cursor.rest()).toBeUndefined();
  });
});
