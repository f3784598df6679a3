import { randomUUID } from 'node:crypto';
import { MemoryAuthority, type Position } from '@vif/cache';
import type { Changed } from '@vif/contract/change-stream';
import { expect, it, vi } from 'vitest';
import { tagsIn } from '../testing/changes-socket.ts';
import { ChangeLog } from './change-log.ts';
import { Follower } from './follower.ts';
import { OpaqueTags } from './opaque-tags.ts';

function opened(authority = new MemoryAuthority(), log = new ChangeLog(authority)) {
  const opaque = new OpaqueTags('secret', 'workspace', 'admin');
  const sent: string[] = [];
  const ended: unknown[] = [];
  const socket = {
    bufferedAmount: 0,
    sent,
    ended,
    send(message: string) {
      this.sent.push(message);
    },
    close(code: number) {
      this.ended.push(code);
    },
    terminate() {
      this.ended.push('terminated');
    },
  };
  const follower = new Follower({ socket, log, opaque });
  log.listen((logged) => follower.hear(logged));
  const hold = (since: string, ...tags: string[]) =>
    follower.receive(JSON.stringify({ since, hold: tags.map((tag) => opaque.of(tag)), drop: [] }));
  const heard = () => socket.sent.splice(0).map((message) => JSON.parse(message) as Changed); // what it says
  const told = () => tagsIn(heard()).map((tag) => ['a', 'b', 'c'].find((one) => opaque.of(one) === tag));
  return { authority, log, opaque, socket, follower, hold, heard, told };
}

it('is told what happens while it is held back once it goes on, and what it asked for meanwhile', () => {
  const { authority, log, follower, hold, told, heard } = opened();
  const start = log.at ?? '';
  authority.bump(['b']);
  hold(log.at ?? '', 'a');
  heard();
  follower.holdBack();
  authority.bump(['a']);
  hold(start, 'b');
  authority.bump(['c']);
  expect(heard()).toEqual([]);
  follower.goOn();
  expect(told()).toEqual(['a', 'b']);
  authority.bump(['b', 'c']);
  expect(told()).toEqual(['b']);
});

it('is told up to a position while it is held back, and the rest once it goes on', () => {
  const { authority, log, follower, hold, heard, told } = opened();
  const start = log.at ?? '';
  hold(start, 'a', 'b', 'c');
  follower.holdBack();
  authority.bump(['a']);
  const { at } = log;
  authority.bump(['b']);
  hold(start, 'a', 'b');
  hold(log.at ?? '', 'c'); // later than the position
  heard();
  follower.tellUntil(at);
  const [missed, ...answers] = heard();
  expect(missed).toMatchObject({ at, tags: [expect.any(String)] });
  expect(answers).toEqual([
    { ...missed, held: true },
    { at, tags: [], held: true },
  ]);
  follower.goOn();
  expect(told()).toEqual(['b']);
});

it('is told to fetch all of it again after a gap, also one while it was held back', () => {
  const { authority, log, follower, hold, heard } = opened();
  hold(log.at ?? '', 'a');
  heard();
  authority.forget();
  expect(heard()).toEqual([{ at: log.at, refetch: true }]);
  follower.holdBack();
  authority.forget();
  follower.goOn();
  expect(heard()).toEqual([{ at: log.at, refetch: true }]);
});

it('is dropped when it does not read', () => {
  const { authority, log, hold, socket, heard } = opened();
  hold(log.at ?? '', 'a');
  heard();
  socket.bufferedAmount = 262_145;
  authority.bump(['a']);
  expect(socket.ended).toEqual(['terminated']);
  expect(heard()).toEqual([]);
});

it('is closed where it asks more than can wait, while nothing is told', () => {
  const { log, follower, hold, heard, socket } = opened();
  heard();
  follower.holdBack();
  const tags = Array.from({ length: 2000 }, (_, n) => `tag ${n}`);
  for (let i = 0; i < 4; i++) hold(log.at ?? '', ...tags);
  expect(socket.ended).toEqual([]);
  follower.beat();
  hold(log.at ?? '', ...tags);
  expect(socket.ended).toEqual([1013]);
  follower.goOn();
  expect(heard()).toEqual([]);
});

it('says how far it is at each beat, and then takes messages again', () => {
  const { log, follower, hold, heard, socket } = opened();
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 100; i++) hold(log.at ?? '');
    heard();
    follower.beat();
    expect(heard()).toEqual([{ at: log.at, tags: [] }]);
  }
  expect(socket.ended).toEqual([]);
});

it('is answered what it asked while nothing could be said of changes', () => {
  let reached: (position?: Position) => void = () => undefined;
  const away = new ChangeLog({
    follow: ({ onGap }) => {
      reached = onGap;
      return () => undefined;
    },
  });
  const { hold, heard } = opened(undefined, away);
  hold('aaaaaaaa.1', 'a');
  expect(heard()).toEqual([]);
  reached({ epoch: 'e', sequence: 5 });
  expect(heard()).toMatchObject([{ refetch: true }, { refetch: true, held: true }]);
});

it('makes nothing of what other workspaces write', () => {
  const { authority, log, hold, opaque } = opened();
  hold(log.at ?? '', 'a');
  const made = vi.spyOn(opaque, 'of');
  authority.bump([`${randomUUID()}:data.people:any`]);
  expect(made).not.toHaveBeenCalled();
});
