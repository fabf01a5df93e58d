/** The console's beginning: signs in where somebody has just come back from the issuer, then shows the page of this address. */
import { learn } from './access.js';
import { fill, h, inset, para } from './dom.js';
import { button } from './controls.js';
import { isBroken } from './drafts.js';
import { idleFor, isLocked, touched, watchIdle } from './idle.js';
import { watch } from './outbox.js';
import { menu } from './menu.js';
import { announce } from './notice.js';
import { navigate, show } from './page.js';
import { pageOf } from './pages.js';
import { tab } from './remembered.js';
import { isSending } from './sending.js';
import { endForLock, finishSignIn, person, returnPath, signIn, signOut } from './session.js';
import { settings } from './settings.js';
import { t } from './texts.js';
import { moment } from './times.js';
import { begin } from './turns.js';
import { keepTyped, typedIsSent } from './typed.js';
import { isNewer, newerText, upgrades } from './upgrade.js';

const main = document.getElementById('main-content');
const saidKey = 'vcas.said';
// Where the settings can't be read at all.
const usualIdleMinutes = 10;
const shortestIdle = 2 * 60_000;

await start();

async function start() {
  keepForNoSignal();
  upgrades.addEventListener('newer', () => fill(document.getElementById('upgrade'), inset(newerText())));
  const { isSignedIn, claimed } = await comeBack();
  document.addEventListener('vcas:navigate', ({ detail }) => go(detail));
  document.addEventListener('click', follow);
  addEventListener('popstate', () => (isToLoadAnew() ? location.reload() : open(false)));
  // A browser may keep a whole page for the way back: what stood on it is not shown to whoever sits there by then, or hours later.
  addEventListener('pagehide', () => { turnTo(); });
  addEventListener('pageshow', ({ persisted }) => { if (persisted) location.reload(); });
  if (!isSignedIn) return;
  await lockWhenIdle();
  await open(true);
  tellWhatWasSaid();
  await watch(claimed);
}

/** Leaves the page that is open: nothing of it stays on the screen. */
function turnTo() {
  const place = h('div', { class: 'vcas-page' });
  const turn = begin(place, person());
  fill(main, place);
  return turn;
}

/** Shows the page of this address. The heading takes the focus, as a new page's would; but not when the window has just opened. */
async function open(isFirst) {
  if (isLocked()) return showLocked();
  const turn = turnTo();
  const address = location.pathname + location.search;
  fill(turn.place, h('p', { class: 'govuk-body' }, t('shell.loading')));
  document.title = t('shell.service');
  announce();
  await frame(turn);
  const { page, values } = pageOf(location.pathname);
  if (!turn.isOver) await page.open(turn, values);
  if (!turn.isOver) tellTyped(turn, address, await keepTyped(turn, address));
  if (!isFirst && !turn.isOver) {
    const back = turn.place.querySelector('[data-back]');
    if (!back) scrollTo(0, 0);
    back?.scrollIntoView({ block: 'center' });
    (back ?? turn.place.querySelector('h1'))?.focus({ preventScroll: Boolean(back) });
  }
  return turn;
}

// What they typed before they had to go is back; who wants it no more says so.
function tellTyped(turn, address, at) {
  if (at === null || turn.isOver) return;
  const clear = async () => {
    await typedIsSent(turn);
    navigate(address);
  };
  turn.place.querySelector('h1')?.after(inset(
    t('typed.back', { when: moment(at, Date.now()) }), ' ',
    button(t('typed.clear'), { kind: 'secondary', class: 'vcas-link-button', onclick: clear })));
}

async function go({ path, said, late }) {
  if (isToLoadAnew() && !isLocked()) {
    if (said) tab.set(saidKey, JSON.stringify({ by: person()?.id ?? null, said: late }));
    if (path === location.pathname + location.search) location.reload();
    else location.assign(path);
    return;
  }
  if (path !== location.pathname + location.search) history.pushState(null, '', path);
  const turn = await open(false);
  if (said) announce(turn.isOver ? late : said);
}

// An old page makes way for a new one, but for nothing that would be lost with it.
function isToLoadAnew() {
  return isNewer() && !isSending() && !isBroken();
}

function tellWhatWasSaid() {
  const kept = JSON.parse(tab.get(saidKey) ?? 'null');
  tab.remove(saidKey);
  if (kept && kept.by === (person()?.id ?? null)) announce(kept.said);
}

// A sign-in that failed is said, not begun again by itself: that might go round for ever.
async function comeBack() {
  if (location.pathname !== returnPath) return { isSignedIn: true };
  const { to, failed, claimed } = await finishSignIn();
  history.replaceState(null, '', to);
  if (failed && isLocked()) return { isSignedIn: true };
  if (failed) {
    show(
      turnTo(), t('shell.signInFailed'),
      h('p', { class: 'govuk-body' }, t('shell.signInFailedText')), button(t('shell.signIn'), { onclick: () => signIn(to) }));
  }
  return { isSignedIn: !failed, claimed };
}

// Only a page that was left for long has to wait for what the settings say.
async function lockWhenIdle() {
  const minutes = settings().then(known => known.idleMinutes ?? usualIdleMinutes).catch(() => usualIdleMinutes);
  const watching = minutes.then(count => watchIdle(
    count, isSoon => fill(document.getElementById('locking'), isSoon && inset(t('lock.soon'))), lock));
  if (idleFor() >= shortestIdle) await watching;
  else touched();
}

function lock() {
  if (person()) {
    // Gives back what this page holds, which needs the sign-in.
    turnTo();
    endForLock();
    showLocked();
  } else if (main.querySelector('form')) {
    // Nobody's, and kept on this phone until somebody says that it is theirs.
    touched();
    navigate('/console/');
  }
}

/** Nothing of anybody: neither on the screen, nor read aloud, nor printed, nor in the window's title. */
function showLocked() {
  const turn = turnTo();
  announce();
  for (const id of ['pages', 'who']) fill(document.getElementById(id));
  show(turn, t('lock.title'), para(t('lock.text')), button(t('lock.signIn'), { onclick: () => signIn() }));
  turn.place.querySelector('h1').focus();
  return turn;
}

function follow(event) {
  const anchor = event.target.closest?.('a[href^="/console"]');
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  if (!anchor || event.defaultPrevented || !isPlain || anchor.hasAttribute('download')) return;
  event.preventDefault();
  navigate(anchor.getAttribute('href'));
}

async function frame(turn) {
  await learn();
  if (turn.isOver) return;
  fill(document.getElementById('pages'), menu().map(page => h(
    'a', { class: 'vcas-header__link', href: page.path, 'aria-current': location.pathname.startsWith(page.path) && 'page' },
    t(page.title))));
  const who = person();
  fill(document.getElementById('who'), who
    ? [
      t('shell.signedInAs', { name: who.name }), ' ',
      button(t('shell.signOut'), { kind: 'secondary', class: 'vcas-link-button', onclick: signOut }),
    ]
    : button(t('shell.signIn'), { kind: 'secondary', class: 'vcas-link-button', onclick: () => signIn() }));
}

async function keepForNoSignal() {
  if (!('serviceWorker' in navigator)) return;
  // The one script address that is set by a script: the policy names it, and no other is let through.
  const policy = globalThis.trustedTypes?.createPolicy('vcas-worker', { createScriptURL: () => '/console/worker.js' });
  const address = policy ? policy.createScriptURL('') : '/console/worker.js';
  navigator.serviceWorker.register(address, { scope: '/console/' }).catch(() => { /* Without it the form opens with signal only. */ });
}
