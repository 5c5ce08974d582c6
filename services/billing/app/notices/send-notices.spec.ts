import { createServer, type Server } from 'node:http';
import { createHmac } from 'node:crypto';
import { setWorkspaceBudget } from '../budgets/budgets.js';
import { listNotices } from './list-notices.js';
import { publicAddress } from './public-address.js';
import { sendNotices } from './send-notices.js';
import { tellThresholds } from './tell-thresholds.js';
import { NOW, codeOf, newWorkspace, ran, store, use, useBillingStore } from '../billing-scene.testing.js';

useBillingStore();

test('a budget’s thresholds are told once each, by a webhook that is signed', async () => {
  const workspaceId = newWorkspace();
  const came: { headers: Record<string, unknown>; body: string }[] = [];
  let status = 500;
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (bytes: Buffer) => (body += bytes.toString()));
    request.on('end', () => {
      came.push({ headers: request.headers, body });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const webhookUrl = `http://127.0.0.1:${port}/billing`;
  const { webhookSecret } = await setWorkspaceBudget(
    store.pool,
    { workspaceId, kind: 'soft', limitUsd: '0.01', webhookUrl, setBy: 'ada' },
    NOW,
  );
  await use(ran(workspaceId, 700));
  expect(await tellThresholds(store.pool, NOW)).toBe(1);
  expect(await tellThresholds(store.pool, NOW)).toBe(0);
  const send = (at: number) =>
    sendNotices(
      store.pool,
      async (host) => host,
      () => at,
    );
  await send(NOW);
  expect(await listNotices(store.pool, { workspaceId, limit: 5 })).toMatchObject([
    { lastError: expect.stringContaining('500') },
  ]);
  status = 204;
  await send(NOW);
  expect(came).toHaveLength(1);
  await send(NOW + 60_000);
  expect(came).toHaveLength(2);
  const { headers, body } = came[1]!;
  const signed = createHmac('sha256', Buffer.from(webhookSecret!.slice('whsec_'.length), 'base64'))
    .update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`)
    .digest('base64');
  expect(headers['webhook-signature']).toBe(`v1,${signed}`);
  expect(JSON.parse(body)).toMatchObject({
    type: 'slipway.billing.budget-threshold-reached',
    data: { percent: 80, spentUsd: '0.009170', limitUsd: '0.010000' },
  });
  expect(came[0]!.headers['webhook-id']).toBe(headers['webhook-id']);
  expect(await codeOf(publicAddress('127.0.0.1'))).toBe('webhook-inside');
  expect(await codeOf(publicAddress('localhost'))).toBe('webhook-inside');
  await new Promise((resolve) => server.close(resolve));
});
