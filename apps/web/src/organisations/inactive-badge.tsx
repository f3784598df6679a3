import { useMessages } from '../lib/language/use-messages.ts';
import { Badge } from '../ui/badge.tsx';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

/** Beside the name of an organisation one no longer works with. */
export function InactiveBadge() {
  const t = useMessages({ fr, en });
  return <Badge>{t.inactive}</Badge>;
}
