import { emptyCatalogue } from '@slipway/capacity-planner-core';
import type { NewEvent } from '@slipway/kernel';
import { PlannerJournal } from '../journal/planner-journal.js';
import { catalogue, offer } from '../rule-of-three.testing.js';
import { tellCatalogueChanges } from './tell-catalogue-changes.js';

const fence = { shard: 'planner', epoch: 1 };
const dearer = {
  ...catalogue,
  version: 'v2',
  offers: [{ ...offer, billing: { ...offer.billing, priceMicroUsdPerNodeHour: 1_200_000 } }],
};

let events: NewEvent[];
let journal: PlannerJournal;
beforeEach(() => {
  events = [];
  journal = new PlannerJournal(
    {
      append: (fresh) => Promise.resolve(events.push(...fresh)),
      read: () => Promise.resolve([]),
      versionsOf: () => Promise.resolve(new Map()),
    },
    fence,
  );
});

test('the first catalogue of all is told as offers that were added, another one by what is other in it', async () => {
  const tell = tellCatalogueChanges(journal, () => Promise.resolve(emptyCatalogue));
  await tell(catalogue, 1);
  await tell({ ...catalogue, version: 'the same but for a quota' }, 2);
  await tell(dearer, 3);
  const { offerId } = offer;
  expect(events.map(({ stream, type, at }) => [stream, type, at])).toEqual([
    ['catalogue', 'catalogue-changed', 1],
    ['catalogue', 'catalogue-changed', 3],
  ]);
  expect(events.map(({ data }) => data)).toMatchObject([
    { version: 'v1', added: { count: 1, first: [{ offerId, priceMicroUsdPerNodeHour: 1_000_000 }] } },
    {
      version: 'v2',
      added: { count: 0 },
      repriced: {
        count: 1,
        first: [{ offerId, fromMicroUsdPerNodeHour: 1_000_000, toMicroUsdPerNodeHour: 1_200_000 }],
      },
    },
  ]);
});

test('a process that starts anew goes on from what the newest plan was made from', async () => {
  const known = { ...emptyCatalogue, offers: new Map([[offer.offerId, offer]]) };
  const tell = tellCatalogueChanges(journal, () => Promise.resolve(known));
  await tell(catalogue, 1);
  expect(events).toEqual([]);
});

test('what our own hosts taught of an offer is no change of the catalogue', async () => {
  const known = { ...emptyCatalogue, offers: new Map([[offer.offerId, offer]]) };
  const tell = tellCatalogueChanges(journal, () => Promise.resolve(known));
  const behaviour = { ...offer.behaviour, startSuccess: 0.5, availableNodes: 2, preemptionsPerNodeHour: 0.1 };
  await tell({ ...catalogue, version: 'v3', offers: [{ ...offer, behaviour }] }, 1);
  expect(events).toEqual([]);
});
