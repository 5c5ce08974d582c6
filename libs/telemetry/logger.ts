import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

/** One JSON line per event on stdout. Keys that could hold a secret are cut out whoever logs them. */
export const createLogger = (service: string, level: string): Logger =>
  pino({
    name: service,
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        '*.password',
        '*.secret',
        '*.tokenSecret',
        '*.env',
        '*.authorization',
        'headers["x-modal-token-secret"]',
      ],
      censor: '(hidden)',
    },
  });
