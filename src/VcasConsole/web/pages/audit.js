/**
 * The audit, for whoever examines it: who did what with whose data, when and why, and whether all of it is still there as it was written.
 * People are directory ids, as everywhere. Each search is an entry itself, so nothing is searched before somebody asks.
 */
import { readAudit, readMaintenance, verifyAudit } from '../api.js';
import { queryOf } from '../addresses.js';
import {
  daysIn, fileOf, linesOf, moreOf, mostDays, queryFor, referenceIn, referenceOf, roleOf, toOf, whatOf, whyOf,
} from '../audit-lines.js';
import { tryIn } from '../commands.js';
import { button, buttons, form, input, select, valueOf } from '../controls.js';
import { details, fill, h, heading, link, para, summaryList, tag } from '../dom.js';
import { download } from '../downloads.js';
import { showErrors } from '../errors.js';
import { dateOf } from '../figures.js';
import { paged } from '../lists.js';
import { verified } from '../maintenance.js';
import { attempt, navigate, show } from '../page.js';
import { isId, nameOf } from '../people.js';
import { table } from '../tables.js';
import { label, t } from '../texts.js';
import { isoDay, moment } from '../times.js';
import { now } from '../turns.js';
import { words } from '../words.js';

const here = '/console/audit';
const whole = 'whole';
const aPage = 50;
const mostVerified = 92;
const colours = { collection: 'green', alteration: 'blue', consultation: 'grey', disclosure: 'yellow', erasure: 'orange', refusal: 'red' };
const watched = ['consultation', 'disclosure', 'refusal'];
const fields = ['reference', 'actor', 'kind', 'from', 'to'];

/** Shows the search, and what the address asks for; or whether the audit is whole. */
export async function open(turn) {
  const query = new URLSearchParams(location.search);
  const title = t('audit.title');
  await attempt(turn, title, async () => {
    const isWhole = query.get('part') === whole;
    const content = isWhole ? await integrity(turn) : await search(turn, query);
    show(turn, title, parts(isWhole), content);
  });
}

const parts = isWhole => h('nav', { class: 'vcas-parts', 'aria-label': t('audit.parts') }, h('ul', { class: 'govuk-list' },
  [[here, 'audit.search', !isWhole], [`${here}?part=${whole}`, 'audit.whole', isWhole]].map(([href, text, isHere]) => h('li', {}, h('a', {
    class: 'govuk-link vcas-parts__link', href, 'aria-current': isHere && 'page',
  }, t(text))))));

async function search(turn, query) {
  const asked = Object.fromEntries(fields.map(name => [name, query.get(name) ?? '']));
  const isAsked = query.has('search') && (!asked.actor || isKnown(asked.actor));
  return isAsked ? found(turn, asked) : [
    para(t('audit.text')),
    h('p', { class: 'govuk-body vcas-links' },
      t('audit.watched'), watched.map(kind => link(addressOf({ kind }), t(`audit.watch.${kind}`)))),
    searching(asked),
  ];
}

function searching(asked) {
  const isPerson = isId(asked.actor);
  const looking = form(
    () => {
      const [said, role, person, kind, from, to] = ['reference', 'role', 'person', 'kind', 'from', 'to'].map(
        name => valueOf(looking, name));
      const reference = said ? referenceIn(said) : '';
      const wanted = { reference, actor: person.toLowerCase() || role, kind, from, to };
      const errors = [
        reference === null && { field: 'reference', message: t('audit.referenceWrong') },
        person && !isId(person) && { field: 'person', message: t('audit.personWrong') },
        from && to && to < from && { field: 'to', message: t('uptake.toBeforeFrom') },
        !said && daysIn(queryFor({ from, to }, isoToday())) > mostDays
          && { field: 'from', message: t('audit.tooManyDays', { count: mostDays }) },
      ].filter(Boolean);
      showErrors(looking, errors);
      if (errors.length === 0) navigate(addressOf(wanted));
    },
    h('div', { class: 'vcas-period' },
      input('reference', t('audit.reference'), { width: 20, maxlength: 60, hint: t('find.referenceHint'), value: asked.reference }),
      select('kind', t('audit.kind'), [['', t('audit.anyKind')], ...words.AuditKind.map(word => [word, label('AuditKind', word)])],
        { hint: t('audit.kindHint'), value: asked.kind })),
    h('div', { class: 'vcas-period' },
      select('role', t('audit.role'), [['', t('audit.anyRole')], ...roles.map(role => [role, roleOf({ by: role })])],
        { hint: t('audit.roleHint'), value: isPerson ? '' : asked.actor }),
      input('person', t('audit.person'), { width: 20, maxlength: 36, hint: t('audit.personHint'), value: isPerson ? asked.actor : '' })),
    para(t('audit.days')),
    h('div', { class: 'vcas-period' },
      input('from', t('audit.from'), { type: 'date', width: 10, value: asked.from }),
      input('to', t('audit.to1'), { type: 'date', width: 10, value: asked.to })),
    button(t('audit.go'), { type: 'submit' }));
  return looking;
}

async function found(turn, asked) {
  const query = queryFor(asked, isoToday());
  // Newest first; the API reads the days as they went.
  const lines = linesOf(await readAudit(turn, query)).reverse();
  const title = heading(2, t('audit.found', { count: lines.length }));
  const list = h('ol', { class: 'govuk-list vcas-calls' });
  const read = async (from = 0) => ({ rows: lines.slice(from, from + aPage), next: from + aPage < lines.length && from + aPage });
  const more = paged(turn, t('audit.title'), list, line => entryRow(line, asked), await read(), read, page => page.rows);
  return [
    title, para(saidOf(asked, query)),
    // What was found is what one wants to see: the form is opened again by whoever asks for something else.
    details(t('audit.again'), searching(asked)),
    lines.length > 0 && [
      buttons(button(t('audit.download'), {
        kind: 'secondary', onclick: () => download(`audit-${query.from}-to-${query.to}.csv`, fileOf(lines)),
      })),
      list, more,
    ],
  ];
}

const saidOf = ({ reference, actor, kind, from }, query) => [
  reference && !from ? t('audit.ever', { reference }) : t('audit.period', { from: dateOf(query.from), to: dateOf(query.to) }),
  reference && from && t('audit.ofHousehold', { reference }),
  kind && t('audit.ofKind', { kind: label('AuditKind', kind) }),
  actor && t('audit.ofActor', { actor: isId(actor) ? nameOf(actor) : roleOf({ by: actor }) }),
].filter(Boolean).join(' ');

function entryRow(line, asked) {
  const { at, kind, byId, offerId, entry, data } = line;
  const [why, to, more] = [whyOf(line), toOf(line), moreOf(line)];
  const reference = offerId && referenceOf(offerId);
  return h(
    'li', { class: 'vcas-call' },
    h('h3', { class: 'govuk-heading-s vcas-call__name' }, whatOf(line), ' ',
      kind ? tag(label('AuditKind', kind), colours[kind]) : tag(t('audit.unreadable'), 'red')),
    h('p', { class: 'govuk-body' }, t('audit.line', {
      when: moment(at), who: byId ? t('audit.who', { role: roleOf(line), name: nameOf(byId) }) : roleOf(line),
    }), more && ` ${more}`),
    (why || to) && h('p', { class: 'govuk-body-s vcas-call__rest' },
      [why && t('audit.because', { why }), to && t('audit.given', { to })].filter(Boolean).join(' · ')),
    h('p', { class: 'govuk-body-s vcas-links' },
      reference && (reference === asked.reference
        ? reference : link(addressOf({ reference }), t('audit.onlyHousehold', { reference }))),
      byId && byId !== asked.actor && link(
        addressOf({ ...asked, actor: byId }), t('audit.onlyPerson'), h('span', { class: 'govuk-visually-hidden' }, ` ${nameOf(byId)}`))),
    details(t('audit.stored'), summaryList([
      [t('audit.entry'), entry], [t('audit.person'), byId], [t('audit.household'), offerId], [t('audit.data'), data === '{}' ? '' : data],
    ])));
}

async function integrity(turn) {
  const { audit } = await readMaintenance(turn);
  const result = h('div', { 'aria-live': 'polite' });
  const verifying = form(
    async () => {
      const [from, to] = [valueOf(verifying, 'from'), valueOf(verifying, 'to')];
      const query = queryFor({ from, to }, isoToday());
      const errors = [
        from && to && to < from && { field: 'to', message: t('uptake.toBeforeFrom') },
        daysIn(query) > mostVerified && { field: 'from', message: t('audit.tooManyDays', { count: mostVerified }) },
      ].filter(Boolean);
      fill(result);
      showErrors(verifying, errors);
      if (errors.length > 0) return;
      const asked = now();
      await tryIn(verifying, async () => {
        fill(result, h('div', { class: 'govuk-inset-text' }, t('audit.verifying')));
        try {
          fill(result, told(await verifyAudit(asked, { from: query.from, to: query.to })));
          result.querySelector('h2').focus();
        } catch (failure) {
          fill(result);
          throw failure;
        }
      }, { unanswered: 'errors.unreachable' });
    },
    para(t('audit.verifyText')),
    h('div', { class: 'vcas-period' },
      input('from', t('audit.from'), { type: 'date', width: 10 }),
      input('to', t('audit.to1'), { type: 'date', width: 10 })),
    button(t('audit.verify'), { type: 'submit' }));
  return [
    heading(2, t('audit.nightTitle')), verified(audit), heading(2, t('audit.verifyTitle')), verifying, result,
  ];
}

function told({ from, to, households, entries, isWhole, findings }) {
  return [
    h('h2', { class: 'govuk-heading-m', tabindex: '-1' }, t(isWhole ? 'audit.isWhole' : 'audit.isBroken', { count: findings.length })),
    para([
      t('audit.looked', { from: dateOf(from), to: dateOf(to) }),
      t('audit.lookedAt', { count: households }), t('audit.lookedEntries', { count: entries }),
    ].join(' ')),
    !isWhole && [
      para(t('audit.brokenText')),
      table(t('audit.findings'), ['finding', 'day', 'household', 'entry'].map(name => t(`audit.${name}`)),
        findings.map(({ kind, day, offerId, entry }) =>
          [label('FindingKind', kind), day ? dateOf(day) : '', offerId ? referenceOf(offerId) : '', entry ?? '']),
        { text: true }),
    ],
  ];
}

const roles = [...words.Role, 'system', 'none'];
const isKnown = actor => roles.includes(actor) || isId(actor);
// The audit's days are UTC: what was written a minute ago is of today there.
const isoToday = () => new Date().toISOString().slice(0, 10);
const addressOf = asked => `${here}?${queryOf({ search: 'yes', ...asked })}`;
