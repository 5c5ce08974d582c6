import { missingPin } from './pip.js';

test('what pip says of a missing version is understood', () => {
  const said =
    'ERROR: Could not find a version that satisfies the requirement certifi==2026.10.19 (from versions: 2024.1, 2026.10.2)\nERROR: No matching distribution';
  expect(missingPin(said)).toEqual({
    name: 'certifi',
    version: '2026.10.19',
    available: ['2024.1', '2026.10.2'],
  });
  expect(missingPin('some other trouble')).toBeUndefined();
});
