import { resolve } from 'node:path';
import { z } from 'zod';
import { setting, whole } from './setting.js';

/** What is for the operator's tools. */
export const OPERATION_SETTINGS = {
  ADMIN_SECOND_FACTOR: setting(
    'is required or off: whether admins need a code of an authenticator app beside their token; by default required in production and off elsewhere',
    'required',
    z.enum(['required', 'off']).optional(),
  ),
  ADMIN_FOUR_EYES: setting(
    'is on or off: whether what is most dangerous needs a second admin, where there is another one who may approve it',
    'on',
    z.enum(['on', 'off']).default('on'),
  ),
  BACKUP_DIRECTORY: setting(
    'is a folder for backups of the embedded PostgreSQL and the archive of what it writes; without it there is neither',
    '/backups/assent',
    z
      .string()
      .min(1)
      .max(900)
      .transform((path) => resolve(path))
      .optional(),
  ),
  METRICS_PORT: setting(
    'is the port on which Prometheus reads the metrics of this process, from 0 to 65535; 0 takes any free port; without it nothing does',
    '9464',
    z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .refine((value) => value <= 65_535)
      .optional(),
  ),
  METRICS_HOST: setting(
    'is the address on which METRICS_PORT listens; nobody has to sign in there',
    '127.0.0.1',
    z.string().min(1).max(255).default('127.0.0.1'),
  ),
  OVERLOAD_REQUESTS: setting(
    'is with how many requests under way a process refuses further ones for a few seconds, from 10 to 100000',
    '1000',
    whole(10, 100_000, 1_000),
  ),
  OVERLOAD_DELAY_MS: setting(
    'is how late its event loop may be for a second, in milliseconds, before a process that is busy refuses further requests, from 50 to 60000',
    '2000',
    whole(50, 60_000, 2_000),
  ),
  DRAIN_SECONDS: setting(
    'is for how many seconds a process that is told to stop still takes requests while it says that it is not ready, from 0 to 60',
    '5',
    whole(0, 60, 0),
  ),
} as const;
