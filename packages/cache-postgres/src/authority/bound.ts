/**
 * T, in milliseconds: a process serves from its cache only while it has looked through the outbox within the last T. So
 * who cannot bump waits 2T, and then nobody serves what was replaced.
 */
export const bound = 500;
