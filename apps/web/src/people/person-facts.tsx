import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useFormat } from '../lib/language/format.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { ExternalIdNotice } from '../ui/bin/external-id-notice.tsx';
import { BinBadge } from '../ui/bin-badge.tsx';
import { Fact } from '../ui/facts/fact.tsx';
import { Facts, PlainFact } from '../ui/facts/facts.tsx';
import { OwnerFact } from '../ui/facts/owner-fact.tsx';
import type { InPlace } from '../ui/facts/use-in-place.ts';
import { ChoiceField } from '../ui/form/choice-field.tsx';
import { TextField } from '../ui/form/text-field.tsx';
import { PhoneLink } from '../ui/phone-link.tsx';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { organisationChoices, organisationName } from './organisation-choices.ts';
import type { Person } from './people.reads.ts';
import type { PersonFields } from './person-fields.ts';

interface PersonFactsProps {
  readonly edit: InPlace<PersonFields>;
  readonly record: Person;
}

/** What is known of a person, each fact edited where it stands. */
export function PersonFacts({ edit, record }: PersonFactsProps) {
  const t = useMessages({ fr, en });
  const format = useFormat();
  const { values } = edit;
  const { organisationId, organisationName: called } = record;
  const chosen = organisationId ? { value: organisationId, label: called ?? '' } : undefined;
  return (
    <>
      <Facts title={t.facts}>
        <Fact edit={edit} name="firstName" renderField={(field) => <TextField {...field} maxLength={100} />}>
          {values.firstName}
        </Fact>
        <Fact edit={edit} name="lastName" renderField={(field) => <TextField {...field} maxLength={100} />}>
          {values.lastName}
        </Fact>
        <Fact edit={edit} name="jobTitle" renderField={(field) => <TextField {...field} maxLength={150} />}>
          {values.jobTitle}
        </Fact>
        <Fact
          edit={edit}
          name="organisationId"
          choice
          renderField={(field) => <ChoiceField {...field} choices={organisationChoices} chosen={chosen} />}
        >
          {values.organisationId && <Organisation id={values.organisationId} record={record} />}
        </Fact>
        <OwnerFact edit={edit} name="ownerId" subject="people" record={record} />
      </Facts>
      <Facts title={t.contact}>
        <Fact
          edit={edit}
          name="email"
          renderField={(field) => <TextField {...field} type="email" maxLength={254} />}
        >
          {values.email && <a href={`mailto:${values.email}`}>{values.email}</a>}
        </Fact>
        <Fact
          edit={edit}
          name="phone"
          renderField={(field) => <TextField {...field} type="tel" maxLength={50} />}
        >
          {values.phone && <PhoneLink typed={values.phone} phone={record.phone} phoneRaw={record.phoneRaw} />}
        </Fact>
      </Facts>
      <Facts title={t.record}>
        <Fact
          edit={edit}
          name="externalId"
          renderField={(field) => <TextField {...field} maxLength={100} />}
          renderRefused={(problem) => <ExternalIdNotice subject="people" problem={problem} />}
        >
          {values.externalId}
        </Fact>
        <PlainFact label={t.created}>{format.moment(record.createdAt)}</PlainFact>
        <PlainFact label={t.updated}>{format.moment(record.updatedAt)}</PlainFact>
      </Facts>
    </>
  );
}

/** Their organisation; while another one is being saved, that one. */
function Organisation({ id, record }: { id: string; record: Person }) {
  const same = id === record.organisationId;
  const other = useQuery({ ...organisationName(id), enabled: !same }).data;
  return (
    <>
      <Link to="/organisations/$id" params={{ id }}>
        {same ? record.organisationName : other}
      </Link>
      {same && record.organisationDeleted && <BinBadge />}
    </>
  );
}
