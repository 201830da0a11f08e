export { EditorApi } from './api';
export { chain, draftNode, exampleFile, exampleNames, readExample } from './examples';
export {
	executionsBetween,
	executionsFrom,
	executionsOf,
	failedOf,
	lastExecution,
	type Kept,
} from './executions';
export { allItems, itemsOf, runDataOf } from './items';
export { startProcess, type N8nProcess } from './process';
export { startQueueN8n, type Place, type QueueN8n } from './queue';
export { AS_USERS_HAVE_IT, envOf, makeHome, startN8n, type N8n } from './server';
export { freePorts, readSetup } from './setup';
export { startShop, type Shop } from './shop';
export { allEnded, countUnderWay } from './underWay';
export { until } from './until';
export {
	activateFlow,
	activateTwin,
	NOTHING,
	publish,
	saveCredential,
	served,
	TRIGGER,
	TWIN,
	type CredentialRef,
	type Flow,
	type NodeAfter,
} from './workflow';
export { inWhole } from './whole';
