import { inMessages } from './in-messages.js';

test('a list is cut where a message is full, and nothing of it is lost', () => {
  expect(inMessages(['aa', 'bb', 'cc', 'dddddddddd', 'e'], 8)).toEqual([
    ['aa', 'bb'],
    ['cc'],
    ['dddddddddd'],
    ['e'],
  ]);
  expect(inMessages([], 8)).toEqual([]);
});
