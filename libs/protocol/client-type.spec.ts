import { readClientType, speaksOnlyCbor } from './client-type.js';
import { ClientType } from './generated/workspace.js';

test.each([
  ['1', ClientType.CLIENT],
  ['3', ClientType.CONTAINER],
  ['8', ClientType.LIBMODAL_JS],
  ['9', ClientType.LIBMODAL_GO],
])('%s is a client that we know', (text, type) => {
  expect(readClientType(text)).toBe(type);
});

test.each([undefined, '', '4', '99', '1.5', 'CLIENT'])('%j names no client', (text) => {
  expect(readClientType(text)).toBe(ClientType.UNSPECIFIED);
});

test('only the JavaScript and Go clients lack pickle', () => {
  expect(speaksOnlyCbor(ClientType.LIBMODAL_GO)).toBe(true);
  expect(speaksOnlyCbor(ClientType.CLIENT)).toBe(false);
  expect(speaksOnlyCbor(ClientType.CONTAINER)).toBe(false);
});
