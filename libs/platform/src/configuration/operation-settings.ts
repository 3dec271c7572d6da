import { z } from 'zod';
import { setting } from './setting.js';

/** What is for the operator's tools. */
export const OPERATION_SETTINGS = {
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
} as const;
