/** The console's beginning: signs in where somebody has just come back from the issuer, then shows the page of this address. */
import { learn } from './access.js';
import { fill, h } from './dom.js';
import { button } from './controls.js';
import { watch } from './outbox.js';
import { announce } from './notice.js';
import { navigate, show } from './page.js';
import { doors, pageOf } from './pages.js';
import { finishSignIn, person, returnPath, signIn, signOut } from './session.js';
import { t } from './texts.js';

const main = document.getElementById('main-content');

let shown = 0;
let leave = () => {};

await begin();

async function begin() {
  await keepForNoSignal();
  const isSignedIn = await comeBack();
  document.addEventListener('vcas:navigate', ({ detail }) => go(detail.path, detail.said));
  document.addEventListener('click', follow);
  addEventListener('popstate', () => open(false));
  if (!isSignedIn) return;
  await open(true);
  await watch();
}

/** Shows the page of this address. The heading takes the focus, as a new page's would; but not when the window has just opened. */
async function open(isFirst) {
  const number = ++shown;
  leave();
  leave = () => {};
  announce();
  await frame();
  const { page, values } = pageOf(location.pathname);
  const left = await page.open(main, values);
  if (typeof left === 'function') {
    if (number === shown) leave = left;
    else left();
  }
  if (!isFirst && number === shown) {
    scrollTo(0, 0);
    main.querySelector('h1')?.focus();
  }
}

async function go(path, said) {
  if (path !== location.pathname + location.search) history.pushState(null, '', path);
  await open(false);
  if (said) announce(said);
}

// A sign-in that failed is said, not begun again by itself: that might go round for ever.
async function comeBack() {
  if (location.pathname !== returnPath) return true;
  const { to, failed } = await finishSignIn();
  history.replaceState(null, '', to);
  if (failed) show(main, t('shell.signInFailed'), h('p', { class: 'govuk-body' }, t('shell.signInFailedText')), button(t('shell.signIn'), { onclick: () => signIn(to) }));
  return !failed;
}

function follow(event) {
  const anchor = event.target.closest?.('a[href^="/console"]');
  if (!anchor || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || anchor.hasAttribute('download')) return;
  event.preventDefault();
  navigate(anchor.getAttribute('href'));
}

async function frame() {
  await learn();
  fill(document.getElementById('pages'), doors().map(page => h(
    'a', { class: 'vcas-header__link', href: page.path, 'aria-current': location.pathname.startsWith(page.path) && 'page' }, t(page.title))));
  const who = person();
  fill(document.getElementById('who'), who
    ? [t('shell.signedInAs', { name: who.name }), ' ', button(t('shell.signOut'), { kind: 'secondary', class: 'vcas-link-button', onclick: signOut })]
    : button(t('shell.signIn'), { kind: 'secondary', class: 'vcas-link-button', onclick: () => signIn() }));
}

async function keepForNoSignal() {
  if (!('serviceWorker' in navigator)) return;
  // The one script address that is set by a script: the policy names it, and no other is let through.
  const policy = globalThis.trustedTypes?.createPolicy('vcas-worker', { createScriptURL: () => '/console/worker.js' });
  const address = policy ? policy.createScriptURL('') : '/console/worker.js';
  navigator.serviceWorker.register(address, { scope: '/console/' }).catch(() => { /* Without it the form opens with signal only. */ });
}
