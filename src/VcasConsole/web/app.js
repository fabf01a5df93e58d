/** The console's beginning: signs in where somebody has just come back from the issuer, then shows the page of this address. */
import { learn } from './access.js';
import { fill, h } from './dom.js';
import { button } from './controls.js';
import { watch } from './outbox.js';
import { menu } from './menu.js';
import { announce } from './notice.js';
import { navigate, show } from './page.js';
import { pageOf } from './pages.js';
import { finishSignIn, person, returnPath, signIn, signOut } from './session.js';
import { t } from './texts.js';
import { begin } from './turns.js';

const main = document.getElementById('main-content');

await start();

async function start() {
  keepForNoSignal();
  const { isSignedIn, claimed } = await comeBack();
  document.addEventListener('vcas:navigate', ({ detail }) => go(detail));
  document.addEventListener('click', follow);
  addEventListener('popstate', () => open(false));
  // A browser may keep a whole page for the way back: what stood on it is not shown to whoever sits there by then, or hours later.
  addEventListener('pagehide', () => { turnTo(); });
  addEventListener('pageshow', ({ persisted }) => { if (persisted) location.reload(); });
  if (!isSignedIn) return;
  await open(true);
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
  const turn = turnTo();
  fill(turn.place, h('p', { class: 'govuk-body' }, t('shell.loading')));
  document.title = t('shell.service');
  announce();
  await frame();
  const { page, values } = pageOf(location.pathname);
  if (!turn.isOver) await page.open(turn, values);
  if (!isFirst && !turn.isOver) {
    const back = turn.place.querySelector('[data-back]');
    if (!back) scrollTo(0, 0);
    back?.scrollIntoView({ block: 'center' });
    (back ?? turn.place.querySelector('h1'))?.focus({ preventScroll: Boolean(back) });
  }
  return turn;
}

async function go({ path, said, late }) {
  if (path !== location.pathname + location.search) history.pushState(null, '', path);
  const turn = await open(false);
  if (said) announce(turn.isOver ? late : said);
}

// A sign-in that failed is said, not begun again by itself: that might go round for ever.
async function comeBack() {
  if (location.pathname !== returnPath) return { isSignedIn: true };
  const { to, failed, claimed } = await finishSignIn();
  history.replaceState(null, '', to);
  if (failed) {
    show(
      turnTo(), t('shell.signInFailed'),
      h('p', { class: 'govuk-body' }, t('shell.signInFailedText')), button(t('shell.signIn'), { onclick: () => signIn(to) }));
  }
  return { isSignedIn: !failed, claimed };
}

function follow(event) {
  const anchor = event.target.closest?.('a[href^="/console"]');
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  if (!anchor || event.defaultPrevented || !isPlain || anchor.hasAttribute('download')) return;
  event.preventDefault();
  navigate(anchor.getAttribute('href'));
}

async function frame() {
  await learn();
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
