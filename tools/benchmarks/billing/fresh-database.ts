import { MikroORM } from '@mikro-orm/postgresql';

const NAME = 'measured';

/** An empty database in the server that a URL names; the one before it is removed. */
export const freshDatabase = async (serverUrl: string): Promise<string> => {
  const orm = await MikroORM.init({
    clientUrl: serverUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
  });
  try {
    const connection = orm.em.getConnection();
    await connection.execute(`drop database if exists ${NAME} with (force)`);
    await connection.execute(`create database ${NAME}`);
  } finally {
    await orm.close();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${NAME}`;
  return url.href;
};
