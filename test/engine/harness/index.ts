export { createEngine, type Engine } from './engine';
export { chain } from './chain';
export { nodeOfAnotherProcess } from './registry';
export { RunResult } from './result';
export type * from './types';
export type { ServedWebhook, WebhookOptions } from './webhook';
