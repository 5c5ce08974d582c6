import fc from 'fast-check';
import type { TraceRow } from '@slipway/capacity-planner-core';
import { packRows, unpackRows } from './packed-rows.js';

test('any page of packed rows is the same page of the rows', () => {
  const row = fc.record({ type: fc.constant('note'), text: fc.string({ unit: 'grapheme' }) });
  fc.assert(
    fc.property(fc.array(row), fc.nat(12), fc.nat(12), (rows: readonly TraceRow[], offset, limit) => {
      const packed = packRows(rows);
      expect(packed.ends).toHaveLength(rows.length);
      expect(unpackRows(packed, offset, limit)).toEqual(rows.slice(offset, offset + limit));
    }),
  );
});
