/**
 * Real processes on n8n's own store of processed items, in a database that n8n's own migrations have made:
 * everything of n8n but its server.
 */
export { makePostgres, makeSqlite, type Database, type InstalledN8n } from './databases';
export type { Way } from './messages';
export { N8nStarter, type N8nProcess } from './processes';
export { runTrials, sumOf, type Outcome } from './trials';
export { withStore, type Store } from './store';
