import { choosePorts } from './choose-ports.ts';
import { portWishes } from './ports.ts';

const everyPortIsFree = async () => true;
const chosenFrom = ({ needs, kept }: ReturnType<typeof portWishes>) =>
  choosePorts(needs, kept, everyPortIsFree);
/** Of a platform whose blob store found its default port taken. */
const before = { base: 8700, ports: { gateway: 8700, 'blob-store': 8702 } };

describe('the ports of a platform', () => {
  test('stay where they are when nothing is said', async () => {
    expect(await chosenFrom(portWishes(1, before, {}))).toMatchObject(before.ports);
  });

  test('stay where they are when the base is said again', async () => {
    expect(await chosenFrom(portWishes(1, before, { SLIPWAY_PORT_BASE: '8700' }))).toMatchObject(
      before.ports,
    );
  });

  test('move to another base, all but those that are fixed', async () => {
    const asked = { SLIPWAY_PORT_BASE: '36000', SLIPWAY_PORT_POSTGRES: '5433' };
    const moved = await chosenFrom(portWishes(1, before, asked));
    expect(moved).toMatchObject({ gateway: 36000, 'blob-store': 36001, postgres: 5433, redis: 36023 });
  });

  test('of what is new are counted from the base that was asked for before', async () => {
    const moved = { base: 36000, ports: { gateway: 36000 } };
    expect(await chosenFrom(portWishes(2, moved, {}))).toMatchObject({ 'worker-2-health': 36031 });
  });

  test.each([['SLIPWAY_PORT_BASE'], ['SLIPWAY_PORT_GATEWAY']])('%s must be a number', (name) => {
    expect(() => portWishes(1, before, { [name]: 'many' })).toThrow(`${name} is 'many'`);
  });
});
