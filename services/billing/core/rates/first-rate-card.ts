import type { RateCardText } from './read-rate-card.js';

/** What a new platform charges until its operator publishes a card: US dollars per core-second, GiB-second, GPU-second, GiB, GiB-month. */
export const FIRST_RATE_CARD: RateCardText = {
  currency: 'USD',
  effectiveFrom: 0,
  rates: {
    cpu: '0.0000131',
    memory: '0.00000222',
    disk: '0.00000003',
    egress: '0',
    volume: '0.09',
    'gpu-T4': '0.000164',
    'gpu-L4': '0.000222',
    'gpu-A10': '0.000306',
    'gpu-L40S': '0.000542',
    'gpu-A100-40GB': '0.000583',
    'gpu-A100-80GB': '0.000694',
    'gpu-RTX-PRO-6000': '0.000842',
    'gpu-H100': '0.001097',
    'gpu-H200': '0.001261',
    'gpu-B200': '0.001736',
    'gpu-B300': '0.001972',
  },
  nonPreemptible: '3',
};

export const FIRST_RATE_CARD_ID = 'first';
