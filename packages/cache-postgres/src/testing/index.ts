export { readCatalogue } from '../catalogue/read-catalogue.ts';
export { Meanings } from '../recording/meanings.ts';
export { Recording } from '../recording/recording.ts';
export { PostgresServer } from './postgres-server.ts';
