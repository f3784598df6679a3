import { hashKey, type QueryClient, type QueryKey } from '@tanstack/react-query';
import type { Changed } from '@vif/contract/change-stream';
import { openChangesSocket } from './changes-socket.ts';
import { HeldAnswers } from './held-answers.ts';
import { underWay } from './under-way.ts';

/** What comes at once is taken together, in milliseconds: bumps of one write, queries of one page. */
const together = 20;
/** The longest that a write of one's own is waited for, in milliseconds. */
const patience = 5000;

const answers = new HeldAnswers();
let onAnswer: () => void = () => undefined;

/** Notes what a query's answer depends on. */
export function noteAnswer(queryKey: QueryKey, depends: string | null): void {
  answers.answered(hashKey(queryKey), depends);
  onAnswer();
}

/**
 * From now on queries whose answers somebody changed are asked again: those that are seen at once, the others when they
 * are. Returns how to stop.
 */
export function followChanges(client: QueryClient): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitingSince = 0;
  const socket = openChangesSocket({
    onOpen() {
      answers.reconnected();
      soon();
    },
    onMessage(message) {
      answers.heard(JSON.parse(message) as Changed); // our own server's
      soon();
    },
  });

  function soon(): void {
    timer ??= setTimeout(settle, together);
  }

  function settle(): void {
    timer = undefined;
    const untold = answers.untold();
    if (untold && socket.send(JSON.stringify(untold))) answers.told(untold);
    // After a save the page asks again by itself: what it then gets is new enough, and is not asked for twice.
    waitingSince = underWay.any ? waitingSince || Date.now() : 0;
    if (waitingSince && Date.now() - waitingSince < patience) {
      soon();
      return;
    }
    const outdated = answers.takeOutdated();
    if (outdated.size === 0) return;
    // What is on its way already says itself how new it is, when it is here.
    void client.invalidateQueries({
      predicate: ({ queryHash, state }) => outdated.has(queryHash) && state.fetchStatus === 'fetching',
      refetchType: 'none',
    });
    void client.invalidateQueries({
      predicate: ({ queryHash, state }) => outdated.has(queryHash) && state.fetchStatus !== 'fetching',
    });
  }

  onAnswer = () => {
    socket.answered();
    soon();
  };
  const cache = client.getQueryCache();
  answers.keep((query) => cache.get(query) !== undefined);
  const leave = cache.subscribe(({ type, query }) => {
    if (type !== 'removed') return;
    answers.removed(query.queryHash);
    soon();
  });
  return () => {
    onAnswer = () => undefined;
    clearTimeout(timer);
    leave();
    socket.end();
  };
}
