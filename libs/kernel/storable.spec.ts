import fc from 'fast-check';
import { isStorable, storable } from './storable.js';

/** Any sequence of UTF-16 units, halves of surrogate pairs and zeros among them. */
const anyText = fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units));
const anyValue = fc.object({ key: anyText, values: [anyText, fc.constant(null), fc.nat()] });

test('zero bytes are left out and halves of characters replaced, in texts and in names, however deep', () => {
  expect(storable({ 'n\0ame': ['a\0b', { deep: '\0' }], half: '😀'.slice(1), n: 1, none: null })).toEqual({
    name: ['ab', { deep: '' }],
    half: '�',
    n: 1,
    none: null,
  });
});

test('what can be stored already is the same value', () => {
  const value = { text: 'ü😀\n', list: [1, null, true], none: undefined };
  expect(storable(value)).toBe(value);
});

test('whatever comes can be stored afterwards', () => {
  fc.assert(fc.property(anyValue, (value) => isStorable(storable(value))));
});
