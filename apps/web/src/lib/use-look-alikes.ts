import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Listed } from './list-reads.ts';

/** Milliseconds after the last key: a pause between words, not between letters. */
const pause = 300;

type Typed = Readonly<Record<string, string>>;

/**
 * Records that look like the one being typed, asked while it is typed. It is only a hint: what cannot be
 * asked, or is not answered, is no look-alike.
 * @param typed what there is to go by; blanks are left out, and nothing is asked when all are blank
 * @param ask gets them from the server
 */
export function useLookAlikes<T>(
  subject: keyof Listed,
  typed: Typed,
  ask: (asked: Typed, signal: AbortSignal) => Promise<readonly T[]>,
): readonly T[] {
  const said = Object.entries(typed).filter(([, value]) => value.trim() !== '');
  const [settled] = useDebouncedValue(JSON.stringify(Object.fromEntries(said)), pause);
  const asked = JSON.parse(settled) as Typed; // what was just written
  // A country alone is nothing to go by: it only reads the phone.
  const enabled = Object.keys(asked).some((name) => name !== 'country');
  const { data } = useQuery({
    queryKey: [subject, 'look-alikes', asked],
    queryFn: ({ signal }) => ask(asked, signal),
    enabled,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return enabled ? (data ?? []) : [];
}
