import { useMessages } from '../lib/language/use-messages.ts';
import { Badge } from './badge.tsx';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

/** Beside the name of a record that is in the bin. */
export function BinBadge() {
  const t = useMessages({ fr, en });
  return <Badge>{t.inBin}</Badge>;
}
