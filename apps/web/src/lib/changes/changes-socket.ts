import { closed } from '@vif/contract/change-stream';

export interface ChangesSocketOptions {
  /** A new connection, on which nothing was said yet. */
  onOpen(this: void): void;
  onMessage(this: void, message: string): void;
}

export interface ChangesSocket {
  /** Does nothing, and says so, while there is no connection. */
  send(this: void, text: string): boolean;
  /** A request was answered, so the session is one again. */
  answered(this: void): void;
  end(this: void): void;
}

/** Milliseconds before the second attempt, and the longest pause. */
const pauses = { first: 500, longest: 30_000 } as const;
/** The server says something every 30 s: after this much silence the connection is gone, as after sleep. */
const longestSilence = 75_000;
/** How long a page that nobody sees stays connected. */
const unseen = 60_000;

/**
 * Keeps one WebSocket open while the page is seen.
 * States: connecting → open → waiting (for a growing while) → connecting; resting while nobody sees the page; over, when
 * the server says that the session is: then the next request says so to the person, who may be typing; ended.
 */
export function openChangesSocket(options: ChangesSocketOptions): ChangesSocket {
  let socket: WebSocket | undefined;
  let attempts = 0;
  let heardAt = Date.now();
  let ended = false;
  let over = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let rest: ReturnType<typeof setTimeout> | undefined;

  function connect(): void {
    clearTimeout(retry);
    retry = undefined;
    if (ended || over || socket) return;
    const { protocol, host } = location;
    const one = new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/api/v1/changes`);
    socket = one;
    heardAt = Date.now();
    one.addEventListener('open', () => one === socket && options.onOpen());
    one.addEventListener('message', ({ data }) => {
      if (one !== socket) return;
      attempts = 0;
      heardAt = Date.now();
      options.onMessage(String(data));
    });
    one.addEventListener('close', ({ code }) => {
      if (one !== socket) return;
      socket = undefined;
      over = code === closed.signedOut || code === closed.moved;
      later();
    });
  }

  /** Not everybody at once, as after a restart of the server. */
  function later(): void {
    if (ended || over || retry) return;
    const pause = Math.min(pauses.longest, pauses.first * 2 ** attempts++);
    retry = setTimeout(connect, pause * (0.5 + Math.random() / 2));
  }

  function drop(): void {
    const one = socket;
    socket = undefined;
    one?.close();
  }

  function look(): void {
    if (document.visibilityState === 'hidden') {
      rest ??= setTimeout(() => {
        clearTimeout(retry);
        retry = undefined;
        drop();
      }, unseen);
      return;
    }
    clearTimeout(rest);
    rest = undefined;
    if (Date.now() - heardAt > longestSilence) drop();
    connect();
  }

  const watch = setInterval(() => {
    if (socket && Date.now() - heardAt > longestSilence) {
      drop();
      later();
    }
  }, longestSilence / 5);
  const again = () => {
    attempts = 0;
    look();
  };
  document.addEventListener('visibilitychange', look);
  globalThis.addEventListener('online', again);
  look();
  return {
    send(text) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(text);
      return true;
    },
    answered() {
      if (!over) return;
      over = false;
      look();
    },
    end() {
      ended = true;
      clearTimeout(retry);
      clearTimeout(rest);
      clearInterval(watch);
      document.removeEventListener('visibilitychange', look);
      globalThis.removeEventListener('online', again);
      drop();
    },
  };
}
