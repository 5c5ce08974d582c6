import fc from 'fast-check';
import { asked, hostAfter, offerOf } from '../acting/acting.samples.testing.js';
import type { HostEvent } from '../acting/host.events.js';
import { isPaid } from '../acting/host.state.js';
import { heldNodes } from './held-nodes.js';

const offer = offerOf('a');

const hostOf = (hostId: string, billedFrom: number, endedAt: number) => {
  const ended = { hostId, how: 'stopped', endedAt, because: '' } as const;
  return hostAfter(
    asked(hostId, offer),
    { type: 'host-accepted', data: { hostId, vendorHostId: hostId, billedFrom } },
    ...(endedAt === Infinity ? [] : [{ type: 'host-ended', data: ended } as HostEvent]),
  );
};

test('what is held at a moment is what began until then and has not ended, however many there are', () => {
  const spell = fc.tuple(fc.nat(20), fc.option(fc.nat(20), { nil: Infinity }));
  fc.assert(
    fc.property(fc.array(spell), fc.nat(25), (spells, at) => {
      const hosts = spells.map(([from, length], index) => hostOf(`h${index}`, from, from + length));
      expect(heldNodes(hosts.filter(isPaid))(at)).toBe(
        spells.filter(([from, length]) => from <= at && at < from + length).length,
      );
    }),
  );
});
