import { builderVersionFor } from './builder-version.js';

test.each([
  [undefined, '1.6.4', '2025.06'],
  ['2026.10', '1.6.3', '2026.10'],
  ['2026.10', '1.6.4', '2026.10'],
  ['2026.10', '2.0.0', '2026.10'],
  ['2026.10', '1.6.2', '2025.06'],
  ['2026.10', '1.5.4', '2025.06'],
  ['2026.10', undefined, '2025.06'],
  ['2024.10', '1.5.4', '2024.10'],
])('an environment set to %s is answered to client %s as %s', (wanted, client, answered) => {
  expect(builderVersionFor(wanted, client)).toBe(answered);
});
