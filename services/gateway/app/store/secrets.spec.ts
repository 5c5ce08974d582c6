import type { MikroORM } from '@mikro-orm/postgresql';
import { poolOf, type SqlPool } from '@slipway/event-store';
import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { openStore } from './open-store.js';
import { SecretCipher } from './secret-cipher.js';
import { Secrets, type NewSecret } from './secrets.js';
import { sweepSecrets } from './sweep-secrets.js';

const DAY_MS = 24 * 60 * 60_000;
const ours = { workspaceId: 'ac-1', environment: 'main', createdBy: 'me' };
const HALF = 'x'.repeat(600_000);

let orm: MikroORM;
let pool: SqlPool;
let secrets: Secrets;

overPostgres(openStore, async (opened) => {
  orm = opened;
  pool = await poolOf(orm);
  secrets = new Secrets(orm, new SecretCipher('ab'.repeat(32)));
});

describe('what a secret holds at most', () => {
  const tooLarge = { refusal: { code: 'secret-too-large' } };

  test('counts when it is made, by whatever way', async () => {
    const fresh = { ...ours, secretId: 'st-large', variables: { A: HALF, B: HALF } };
    await expect(secrets.create(fresh)).rejects.toMatchObject(tooLarge);
  });
  test('counts for all of it after a change, not for the change alone', async () => {
    await secrets.create({ ...ours, secretId: 'st-1', name: 'one', variables: { A: HALF } });
    await expect(secrets.change('ac-1', 'st-1', { B: HALF })).rejects.toMatchObject(tooLarge);
    expect(await secrets.open('ac-1', ['st-1'])).toEqual({ A: HALF });
    await secrets.change('ac-1', 'st-1', { A: undefined, B: HALF });
    expect(await secrets.open('ac-1', ['st-1'])).toEqual({ B: HALF });
  });
});

test('a secret whose key is lost may be given new variables, but not changed ones', async () => {
  await secrets.create({ ...ours, secretId: 'st-lost', name: 'lost', variables: { A: 'a' } });
  const anew = new Secrets(orm, new SecretCipher('cd'.repeat(32)));
  await expect(anew.change('ac-1', 'st-lost', { B: 'b' })).rejects.toThrow('was sealed under key');
  await anew.replace('ac-1', 'st-lost', { B: 'b' });
  expect(await anew.open('ac-1', ['st-lost'])).toEqual({ B: 'b' });
});

test('a secret is not opened for somebody who may not look into its environment', async () => {
  const variables = { A: 'a' };
  await secrets.create({ ...ours, secretId: 'st-prod', environment: 'prod', variables });
  const code = 'environment-role-too-low';
  for (const readable of [{ allBut: ['prod'] }, { only: ['main'] }])
    await expect(secrets.open('ac-1', ['st-prod'], readable)).rejects.toMatchObject({ refusal: { code } });
  for (const readable of [{ allBut: ['main'] }, { only: ['prod'] }, undefined])
    expect(await secrets.open('ac-1', ['st-prod'], readable)).toEqual(variables);
});

describe('the fingerprint of a secret', () => {
  const make = async (secretId: string, more: Partial<NewSecret>): Promise<void> =>
    void (await secrets.create({ ...ours, secretId, variables: { A: 'a' }, ...more }));

  test('is the same for two without a name that hold the same', async () => {
    await make('st-print-1', {});
    await make('st-print-2', {});
    await make('st-print-3', { variables: { A: 'b' } });
    const prints = await secrets.fingerprints('ac-1', ['st-print-1', 'st-print-2', 'st-print-3']);
    expect(prints['st-print-1']).toBe(prints['st-print-2']);
    expect(prints['st-print-1']).not.toBe(prints['st-print-3']);
  });
  test('is not made of a named one, whose values may change, nor for another workspace', async () => {
    await make('st-print-4', { name: 'printed' });
    await make('st-print-5', {});
    expect(await secrets.fingerprints('ac-1', ['st-print-4'])).toEqual({});
    expect(await secrets.fingerprints('ac-2', ['st-print-5'])).toEqual({});
  });
});

describe('a secret without a name', () => {
  const query = (text: string) => pool.query({ text, values: [] });
  const make = (secretId: string, of: Partial<NewSecret>) =>
    secrets.create({ ...ours, secretId, variables: { A: 'a' }, ...of });
  const left = async (at: number, prefix = 'st-of-'): Promise<string[]> => {
    await sweepSecrets(pool, at);
    const { rows } = await pool.query<{ secret_id: string }>({
      text: `select secret_id from gateway.secrets where secret_id like $1 order by secret_id`,
      values: [`${prefix}%`],
    });
    return rows.map((row) => row.secret_id);
  };

  test('goes a week after its app has stopped, or its call has finished, and after its last use', async () => {
    const now = Date.now();
    await query(`insert into gateway.activity_apps (id, state, stopped_at) values
      ('ap-over', 'stopped', ${now}), ('ap-on', 'running', null)`);
    await query(`insert into gateway.activity_calls (id, inputs, succeeded, failed, last_output_at) values
      ('fc-over', 1, 0, 1, ${now}), ('fc-on', 1, 0, 0, null)`);
    await make('st-of-app-over', { appId: 'ap-over' });
    await make('st-of-app-over-named', { appId: 'ap-over', name: 'named' });
    await make('st-of-app-over-used-late', { appId: 'ap-over' });
    await make('st-of-app-on', { appId: 'ap-on' });
    await make('st-of-call-over', { appId: 'ap-on', callId: 'fc-over' });
    await make('st-of-call-on', { appId: 'ap-on', callId: 'fc-on' });
    await make('st-of-nothing-known', {});
    await query(
      `update gateway.secrets set last_used_at = ${now + 2 * DAY_MS} where secret_id like '%-used-late'`,
    );

    expect(await left(now + 6 * DAY_MS)).toHaveLength(7);
    const kept = ['st-of-app-on', 'st-of-app-over-named', 'st-of-call-on', 'st-of-nothing-known'];
    expect(await left(now + 8 * DAY_MS)).toEqual([...kept, 'st-of-app-over-used-late'].toSorted());
    expect(await left(now + 10 * DAY_MS)).toEqual(kept);
  });

  test('that was made for no app goes a week after the last app or sandbox that uses it, and after its last use', async () => {
    const now = Date.now();
    await query(`insert into gateway.activity_apps (id, state, stopped_at) values
      ('ap-over-2', 'stopped', ${now}), ('ap-on-2', 'running', null)`);
    await query(`insert into gateway.activity_calls (id, inputs, succeeded, failed, last_output_at) values
      ('fc-over-2', 1, 1, 0, ${now}), ('fc-on-2', 1, 0, 0, null)`);
    const users = {
      'st-free-unused': [],
      'st-free-of-build': [undefined],
      'st-free-of-app-on': ['ap-over-2', 'ap-on-2'],
      'st-free-of-call-on': ['fc-over-2', 'fc-on-2'],
      'st-free-of-call-over': ['fc-over-2', 'ap-over-2'],
      'st-free-of-call-refused': ['fc-refused'],
      'st-free-of-unknown': ['ap-not-told-of-yet'],
    };
    for (const [secretId, usedBys] of Object.entries(users)) {
      await make(secretId, { appId: '' });
      for (const usedBy of usedBys) await secrets.noteUse('ac-1', [secretId], usedBy);
    }
    await make('st-free-named', { name: 'free' });
    await secrets.noteUse('ac-1', ['st-free-named'], 'ap-over-2');
    await secrets.noteUse('ac-of-others', ['st-free-unused'], 'ap-on-2');

    expect(await left(now + 6 * DAY_MS, 'st-free-')).toHaveLength(8);
    expect(await left(now + 8 * DAY_MS, 'st-free-')).toEqual([
      ...['st-free-named', 'st-free-of-app-on', 'st-free-of-call-on', 'st-free-of-unknown'],
    ]);
    await query(
      `update gateway.activity_calls set succeeded = 1, last_output_at = ${now} where id = 'fc-on-2'`,
    );
    expect(await left(now + 8 * DAY_MS, 'st-free-')).not.toContain('st-free-of-call-on');
  });
});
