import { observedNode as node } from '../testing/observed-node.js';
import type { Plan } from './plan.js';
import { wishOf } from './wish-of.js';

const stopping = (nodes: number): Plan =>
  ({
    offers: [
      {
        offerId: 'o',
        nodesNow: 3,
        nodes: [3 - nodes],
        starts: [0],
        stops: [nodes],
      },
    ],
    flows: [],
  }) as unknown as Plan;

test('of one offer the emptiest nodes go first, then those that drain already', () => {
  const nodes = [node(1, 3), node(2, 1), node(3, 8, 'draining'), node(4, 0)];
  expect(wishOf({ nodes }, stopping(2)).stops).toEqual([4, 2]);
});
