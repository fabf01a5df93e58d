/**
 * The API, with the token of whoever is signed in. The one place that knows its routes, and what proves that an answer is its own
 * (answers.js). What a page reads belongs to the page's turn and is given up with it; a command is seen through to its end wherever
 * somebody has gone meanwhile.
 */
import { queryOf } from './addresses.js';
import { linesOf } from './audit-lines.js';
import { csv, hasLists, isAccepted, isAttempted, isFigures, isHistory, isOffer, isReport, json, judge } from './answers.js';
import { reach, SignInNeeded } from './failures.js';
import { heard } from './service-time.js';
import { person, renew, token } from './session.js';
import { versionHeard } from './upgrade.js';
import { words } from './words.js';

const usualPatience = 20_000;
// Whoever pressed something wants it done, and is told meanwhile that it is still being sent.
const commandPatience = 60_000;
// A file of some ten thousand rows is written in many steps.
const longPatience = 300_000;
const done = [200];
const lines = 'application/x-ndjson';
const sealedFile = 'application/pkcs7-mime';

const offer = id => isOffer(id, words.OfferState);

/** One offer with its trail, for the coded reason that a read is recorded with. */
export const readOffer = (turn, id, reason) => read(turn, `/api/offers/${id}?${new URLSearchParams({ reason })}`, offer(id));

/** Who is signed in, and what they may do. No page's own: it is asked for once. */
export const readMe = () => send('GET', '/api/me', {
  proof: body => hasLists('roles', 'teams', 'callBackTeams', 'operations')(body) && body.id === person()?.id,
});

/** Says that whoever is signed in is calling this household now: nobody else is let at it meanwhile. */
export const claimCall = (turn, id, sameNumberChecked) => turn.step(() => send(
  'PUT',
  `/api/call-backs/${id}/claim`,
  { body: sameNumberChecked ? { sameNumberChecked } : undefined, proof: offer(id), signal: turn.signal }));

/** … and that they aren't any more. Sent also while the page goes away; where it fails, the claim ends by itself. */
export const releaseClaim = id => send('DELETE', `/api/call-backs/${id}/claim`, { proof: () => true, keepalive: true });

/** A page of the call list. */
export const listCallBacks = (turn, query) => read(
  turn,
  `/api/call-backs?${queryOf(query)}`,
  body => hasLists('callBacks', 'teams')(body) && Number.isInteger(body.total) && typeof body.more === 'boolean');

/**
 * All that is due, with the beginning of what waits and how much is held. A window that closes first may be anybody's: the plan needs all
 * of them. Of more than a thousand a list is narrowed to a team.
 */
export const listPlan = (turn, query) => read(
  turn,
  `/api/call-backs?${queryOf({ state: 'due', ...query, plan: true })}`,
  body => [body, body?.waiting, body?.held].every(part => hasLists('callBacks', 'teams')(part) && Number.isInteger(part.total)));

/** The referrals in a state, oldest first. */
export const listReferrals = (turn, query) => read(turn, `/api/referrals?${queryOf(query)}`, hasLists('referrals'));

/** Households in danger of which nobody knows, or of which nobody has said what was done. */
export const listDangers = turn => read(turn, '/api/dangers', hasLists('dangers'));

/** Messages between the force and VCAS that were set aside. */
export const listDeadLetters = turn => read(turn, '/api/dead-letters', hasLists('deadLetters'));

/** A file of all that VCAS has not confirmed, which only VCAS can open. */
export const sealReferrals = () => send('POST', '/api/referrals/sealed-file', {
  media: sealedFile, patience: longPatience, proof: file => file.size > 0,
});

/** Everything that waits for somebody's decision. */
export const listTasks = (turn, query) => read(
  turn, `/api/tasks?${queryOf(query)}`, body => hasLists('tasks')(body) && Number.isInteger(body.total));

/** Who calls for the teams of whoever asks, by name. */
export const listPeople = turn => read(
  turn, '/api/people', body => hasLists('people')(body) && typeof body.directoryFailed === 'boolean');

/** When a team's supervisor is away, and who stands in. */
export const readAbsence = (turn, team) => read(
  turn, `/api/teams/${encodeURIComponent(team)}/absence`, body => typeof body?.hasDeputy === 'boolean');

/** A number that a front desk passed on. */
export const openNumber = (turn, id) => read(turn, `/api/passed-numbers/${id}`, body => hasLists('households')(body) && body.id === id);

/** Finds households by what somebody says who got in touch. Never in an address: logs and browsers keep those. */
export const searchOffers = body => send('POST', '/api/offers/search', {
  body, proof: answer => hasLists('households')(answer) && Number.isInteger(answer.count),
});

/** A page of what one recorded oneself. */
export const listMine = (turn, query) => read(turn, `/api/offers/mine?${queryOf(query)}`, hasLists('offers'));

/** A page of closed households of one's teams, by reason. */
export const listClosed = (turn, query) => read(turn, `/api/offers/closed?${queryOf(query)}`, hasLists('offers'));

/** The figures; as they may be published where that is asked for. */
export const readUptake = (turn, query) => read(turn, `/api/reports/uptake?${queryOf(query)}`, isReport);

/** The figures as the text of a CSV file. */
export const readUptakeFile = (turn, query) => read(turn, `/api/reports/uptake?${queryOf(query)}`, isFigures, { media: csv });

/** How the service itself is. Where a part is down it says so under 503, and that is what is asked for. */
export const readHealth = turn => read(turn, '/api/health/details', hasLists('dependencies'), { statuses: [200, 503] });

/** Entries of the audit, one JSON object a line. */
export const readAudit = (turn, query) => read(
  turn, `/api/audit?${queryOf({ ...query, format: 'ndjson' })}`, text => linesOf(text) !== undefined,
  { media: lines, patience: longPatience });

/** Looks now whether the audit of some days is whole. */
export const verifyAudit = (turn, query) => read(
  turn, `/api/audit/verification?${queryOf(query)}`, body => hasLists('findings')(body) && typeof body.isWhole === 'boolean',
  { patience: longPatience });

/** What the last night did, what the next one erases, and how old the keys are. */
export const readMaintenance = turn => read(turn, '/api/maintenance', hasLists('keys'));

/** All that is kept of a household, for somebody who asks for the data about themselves. */
export const exportHousehold = id => send('GET', `/api/offers/${id}/export?${queryOf({ reason: 'dataSubjectRequest' })}`, {
  proof: body => hasLists('audit')(body) && offer(id)(body.offer), patience: longPatience,
});

/** Offers from before the system, as a CSV file; with `preview` they are only checked. `by`: under nobody else's sign-in it is sent. */
export const importHistory = (file, preview, by) => send('POST', `/api/history?${queryOf({ preview })}`, {
  body: file, by, contentType: csv, patience: longPatience, proof: isHistory(preview),
});

/**
 * What changes a household, by name: so that one that could not be done is kept, and done later as the same person. The last argument,
 * where it is given, is whose it is: under anybody else's sign-in it isn't sent.
 */
export const commands = {
  /** Records an offer under the id that this device made. */
  recordOffer: (id, body, by) => send('PUT', `/api/offers/${id}`, { body, by, statuses: [200, 201], proof: offer(id) }),

  /** Another safe route. */
  changeContact: (id, body, by) => send('PUT', `/api/offers/${id}/contact`, { body, by, proof: offer(id) }),

  /** Accepted at whatever later point: a referral goes to VCAS now. */
  acceptOffer: (id, body, by) => send('POST', `/api/offers/${id}/acceptance`, { body, by, proof: isAccepted(id, words.OfferState) }),

  /** What came of a call; the same attempt id again records it once. */
  recordAttempt: (id, body, by) => send('POST', `/api/call-backs/${id}/attempts`, {
    body, by, proof: isAttempted(id, words.OfferState, body.attemptId),
  }),

  /** The last outcome was a slip. */
  undoAttempt: (id, attemptId, by) => send('POST', `/api/call-backs/${id}/attempts/${attemptId}/undo`, { by, proof: offer(id) }),

  /** Nobody phones until the review. */
  placeHold: (id, body, by) => send('PUT', `/api/call-backs/${id}/hold`, { body, by, proof: offer(id) }),

  /** It is safe again. */
  releaseHold: (id, by) => send('DELETE', `/api/call-backs/${id}/hold`, { by, proof: offer(id) }),

  /** Hours of its own in which this household may be called. */
  openCallHours: (id, body, by) => send('PUT', `/api/call-backs/${id}/call-hours`, { body, by, proof: offer(id) }),

  /** Another team or one person calls from now on. */
  reassign: (id, body, by) => send('PUT', `/api/call-backs/${id}/assignee`, { body, by, proof: offer(id) }),

  /** Somebody knows of a danger and sees to it. */
  acknowledgeDanger: (id, by) => send('POST', `/api/offers/${id}/danger/acknowledgement`, { by, proof: offer(id) }),

  /** What was done about it. */
  recordDangerAction: (id, body, by) => send('POST', `/api/offers/${id}/danger/action`, { body, by, proof: offer(id) }),

  /** How they are since; the same attempt id again records it once. */
  recordWelfareContact: (id, body, by) => send('POST', `/api/offers/${id}/danger/welfare-contact`, { body, by, proof: offer(id) }),

  /** The newest version once more, because its message was set aside. */
  sendReferralAgain: (id, by) => send('POST', `/api/referrals/${id}/sending`, { by, proof: offer(id) }),

  /** An answer that was set aside, tried again. */
  replayAnswer: (id, number, by) => send('POST', `/api/dead-letters/answers/${number}/replay`, { by, proof: offer(id) }),

  /** What was recorded, put right. */
  correctDetails: (id, body, by) => send('PUT', `/api/offers/${id}/details`, { body, by, proof: offer(id) }),

  /** Takes an offer back. */
  withdrawOffer: (id, body, by) => send('POST', `/api/offers/${id}/withdrawal`, { body, by, proof: offer(id) }),

  /** Undoes a closing. */
  reopenOffer: (id, body, by) => send('POST', `/api/offers/${id}/reopening`, { body, by, proof: offer(id) }),

  /** Another record of the household that is kept. */
  mergeDuplicate: (id, body, by) => send('POST', `/api/offers/${id}/duplicate`, {
    body, by, proof: answer => offer(id)(answer) && answer.closing?.duplicateOf === body.of,
  }),

  /** Nothing of it is erased until somebody releases it. */
  placeDisclosureHold: (id, body, by) => send('PUT', `/api/offers/${id}/disclosure-hold`, {
    body, by, proof: answer => answer?.offerId === id && answer.disclosureHold?.reason === body.reason,
  }),

  /** It may be erased again. */
  releaseDisclosureHold: (id, by) => send('DELETE', `/api/offers/${id}/disclosure-hold`, {
    by, proof: answer => answer?.offerId === id && !answer.disclosureHold,
  }),

  /** Erases the details of its people for good. */
  eraseHousehold: (id, body, by) => send('POST', `/api/offers/${id}/erasure`, {
    body, by, proof: answer => offer(id)(answer) && Boolean(answer.erasure),
  }),

  /** A number of somebody who got in touch, for the team that can find it. */
  passOnNumber: (id, body, by) => send('PUT', `/api/passed-numbers/${id}`, {
    body, by, statuses: [200, 201], proof: answer => answer?.id === id,
  }),

  /** What became of a number that was passed on. */
  closeNumber: (id, body, by) => send('POST', `/api/passed-numbers/${id}/outcome`, { body, by, proof: answer => answer?.id === id }),

  /** When a team's supervisor is away. */
  recordAbsence: (team, body, by) => send('PUT', `/api/teams/${encodeURIComponent(team)}/absence`, {
    body, by, proof: answer => answer?.from === body.from,
  }),

  /** Changes what VCAS knows; a referral that it refused is thereby sent again. */
  amendReferral: (id, body, by) => send('POST', `/api/referrals/${id}/amendment`, { body, by, proof: offer(id) }),

  /** Takes a referral back. */
  withdrawReferral: (id, body, by) => send('POST', `/api/referrals/${id}/withdrawal`, { body, by, proof: offer(id) }),
};

const read = (turn, path, proof, more) => turn.step(() => send('GET', path, { ...more, proof, signal: turn.signal }));

async function send(method, path, asked) {
  const { body, by, proof, statuses = done, contentType = json, media = json, signal, keepalive } = asked;
  const patience = asked.patience ?? (method === 'GET' ? usualPatience : commandPatience);
  const access = await reach(token);
  if (!access || (by && by !== person()?.id)) throw new SignInNeeded();
  let answer = await ask(access);
  if (answer.status === 401) {
    const renewed = await reach(renew);
    if (!renewed) throw new SignInNeeded();
    answer = await ask(renewed);
  }
  return judge(answer, answer.text, { statuses, media, proof });

  function ask(bearer) {
    const headers = { Accept: media, Authorization: `Bearer ${bearer}` };
    if (body !== undefined) headers['Content-Type'] = contentType;
    const ending = new AbortController();
    const timer = setTimeout(() => ending.abort(), patience);
    signal?.addEventListener('abort', () => ending.abort(), { once: true });
    return reach(async () => {
      const began = Date.now();
      const got = await fetch(path, {
        method,
        headers,
        body: body === undefined ? undefined : contentType === json ? JSON.stringify(body) : body,
        cache: 'no-store',
        keepalive,
        // Another address answers for itself, not for the API: a network's sign-in page, most often.
        redirect: 'error',
        signal: ending.signal,
      });
      heard(got.headers.get('Vcas-Time'), began);
      versionHeard(got.headers.get('Vcas-Version'));
      const [type, retryAfter] = ['Content-Type', 'Retry-After'].map(name => got.headers.get(name));
      return { status: got.status, contentType: type, retryAfter, text: type === sealedFile ? await got.blob() : await got.text() };
    }).finally(() => clearTimeout(timer));
  }
}
