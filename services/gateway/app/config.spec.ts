import { readGatewayConfig } from './config.js';

const ENVIRONMENT = {
  DATABASE_URL: 'postgres://localhost/slipway',
  NATS_URL: 'nats://localhost',
  REDIS_URL: 'redis://localhost',
  SLIPWAY_DATA_DIR: '/data',
  SLIPWAY_HEALTH_PORT: '1',
  SLIPWAY_INTERNAL_KEY: 'key',
  BLOB_STORE_URL: 'http://localhost',
  GATEWAY_PORT: '2',
  SLIPWAY_SIGNING_KEY: 'key',
  SLIPWAY_MASTER_KEY: '0'.repeat(64),
};
const daysOf = (days: string | undefined) =>
  readGatewayConfig({ ...ENVIRONMENT, GATEWAY_ACTIVITY_DAYS: days }).activityDays;

test('calls and containers are listed for 400 days unless told, and never for less than metrics look back', () => {
  expect([undefined, '', '0', '32', '1000'].map(daysOf)).toEqual([400, 400, 0, 32, 1_000]);
  for (const days of ['31', '-1', '1.5', 'ever'])
    expect(() => daysOf(days)).toThrow(
      `GATEWAY_ACTIVITY_DAYS is '${days}', but must be 32 whole days or more`,
    );
});

describe('master keys', () => {
  const [a, b] = ['ab'.repeat(32), 'CD'.repeat(32)];
  const formerOf = (keys: string) =>
    readGatewayConfig({ ...ENVIRONMENT, SLIPWAY_FORMER_MASTER_KEYS: keys }).formerMasterKeys;

  test('former ones stand with commas, and blanks around them', () => {
    expect(formerOf('')).toEqual([]);
    expect(formerOf(` ${a} , ${b},\n`)).toEqual([a, b]);
  });

  test('a wrong one is refused at the start, by its place and not by what it is', () => {
    const short = 'ab'.repeat(31);
    expect(() => formerOf(`${a},${short}`)).toThrow(
      'key 2 of SLIPWAY_FORMER_MASTER_KEYS has 62 characters, but must be 64 hexadecimal digits',
    );
    expect(() => formerOf('xy'.repeat(32))).toThrow(
      'key 1 of SLIPWAY_FORMER_MASTER_KEYS has a character that is no hexadecimal digit',
    );
    expect(() => readGatewayConfig({ ...ENVIRONMENT, SLIPWAY_MASTER_KEY: short })).toThrow(
      /^SLIPWAY_MASTER_KEY has 62 characters/,
    );
  });
});
