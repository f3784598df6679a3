import { usePhone } from '../lib/language/phone.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { Badge } from './badge.tsx';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

interface PhoneLinkProps {
  /** What shows in the field it is edited in, which is newer than the record while it is being saved. */
  readonly typed: string;
  readonly phone: string | null;
  readonly phoneRaw: string | null;
}

/** A phone number to call, grouped as the reader writes numbers; one that cannot be called as it was typed. */
export function PhoneLink({ typed, phone, phoneRaw }: PhoneLinkProps) {
  const t = useMessages({ fr, en });
  const format = usePhone();
  if (typed !== phoneRaw && typed !== phone) return typed;
  if (phone) return <a href={`tel:${phone}`}>{format(phone, phoneRaw)}</a>;
  return (
    <>
      {typed} <Badge>{t.unreadPhone}</Badge>
    </>
  );
}
