import { useQuery } from '@tanstack/react-query';
import { owners } from './owners.ts';
import { useMe } from './session/me.ts';

/** The members that a record can belong to, to choose from: oneself first. Empty until they are there. */
export function useOwnerChoices(): { value: string; label: string }[] {
  const me = useMe();
  const all = useQuery(owners()).data?.items ?? [];
  const choices = all.map(({ id, name }) => ({ value: id, label: name }));
  const mine = choices.filter(({ value }) => value === me.id);
  return [...mine, ...choices.filter(({ value }) => value !== me.id)];
}
