import { useNavigate } from '@tanstack/react-router';

/**
 * Changes what this page keeps in its address; undefined takes a parameter out. A filter is a step that Back
 * takes back; what is typed into the search box, key by key, is not.
 * @example const change = useChangeSearch(); change({ city: 'Lyon' });
 */
export function useChangeSearch(): (change: Readonly<Record<string, string | undefined>>) => void {
  const navigate = useNavigate();
  return (change) =>
    void navigate({
      to: '.',
      search: (now: object) => ({ ...now, ...change }),
      replace: Object.keys(change).every((name) => name === 'q' || name === 'sort' || name === 'columns'),
      resetScroll: false,
    });
}
