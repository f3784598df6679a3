import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useFormat } from '../lib/language/format.ts';
import { usePhone } from '../lib/language/phone.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { personName } from '../lib/person-name.ts';
import { useMay } from '../lib/session/use-may.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { ToolButton } from '../ui/tool-button.tsx';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import classes from './organisation-people.module.css';
import type { Organisation } from './organisations.reads.ts';

/** People shown before one asks for more: what fits beside the facts. */
const first = 10;

/** The people of an organisation: the first of them at once, the rest here or in the list. */
export function OrganisationPeople({ record }: { record: Organisation }) {
  const t = useMessages({ fr, en });
  const format = useFormat();
  const may = useMay();
  const [all, showAll] = useState(false);
  const { id, people, peopleTotal, deletedAt } = record;
  const shown = all ? people : people.slice(0, first);
  const addHere = may('people', 'create') && !deletedAt;
  return (
    <section aria-label={t.people}>
      <header className={classes.header}>
        <h2>{t.people}</h2>
        <span>{format.number(peopleTotal)}</span>
        {addHere && (
          <LinkButton to="/people/new" search={{ organisationId: id }} size="xs">
            {t.addPerson}
          </LinkButton>
        )}
      </header>
      {people.length === 0 && <p className={classes.none}>{t.noPeople}</p>}
      {people.length > 0 && (
        <ul className={classes.people}>
          {shown.map((person) => (
            <Person key={person.id} person={person} />
          ))}
        </ul>
      )}
      {shown.length < people.length && (
        <ToolButton onClick={() => showAll(true)}>{t.morePeople(people.length - shown.length)}</ToolButton>
      )}
      {shown.length === people.length && people.length < peopleTotal && (
        <Link to="/people" search={{ organisationId: id }} className={classes.rest}>
          {t.allPeople(format.number(peopleTotal))}
        </Link>
      )}
    </section>
  );
}

function Person({ person }: { person: Organisation['people'][number] }) {
  const phone = usePhone();
  const { id, jobTitle, email } = person;
  return (
    <li>
      <span className={classes.who}>
        <Link to="/people/$id" params={{ id }}>
          {personName(person)}
        </Link>
        {jobTitle && <span>{jobTitle}</span>}
      </span>
      <span>{email && <a href={`mailto:${email}`}>{email}</a>}</span>
      <span>
        {person.phone ? (
          <a href={`tel:${person.phone}`}>{phone(person.phone, person.phoneRaw)}</a>
        ) : (
          person.phoneRaw
        )}
      </span>
    </li>
  );
}
