/**
 * What is typed into any form and not sent yet. It is written down as it is typed, sealed like a draft and for who typed it, and put back
 * when they open the same page again: after a lock, a sign-in that ended, a reload, or a step back. Forms that keep themselves, and those
 * in which an old answer must not count again, are marked `data-typed="no"`.
 */
import { h } from './dom.js';
import { forgetTyped, isBroken, readTyped, writeTyped } from './drafts.js';
import { t } from './texts.js';

const left = '[data-typed=no]';
const states = new WeakMap();

/** Begins to write down what is typed on this page, and puts back what was. Gives when it was typed; null where nothing was. */
export async function keepTyped(turn, address) {
  const by = turn.who?.id;
  if (!by || turn.isOver) return null;
  const state = { id: `typed:${by}:${address}`, by, fields: {}, opened: [], pending: new Map(), isToWrite: false };
  states.set(turn, state);
  for (const name of ['input', 'change']) turn.place.addEventListener(name, event => noted(turn, state, event));
  // What opens a form is noted once it has.
  turn.place.addEventListener('click', event => {
    if (event.target.closest?.('[aria-expanded]')) queueMicrotask(() => noted(turn, state, event));
  });
  const kept = await readTyped(state.id);
  if (turn.isOver || !kept?.content) return null;
  putBack(turn, state, kept.content);
  return kept.at;
}

/** What this form held is sent, and what opened it is done with: it comes back no more. Without a form, nothing of the page does. */
export async function typedIsSent(turn, whole) {
  const state = states.get(turn);
  if (!state) return;
  const row = whole ? rowOf(whole) : null;
  const isDone = key => row === null || key.startsWith(`${row}|`) || key.startsWith('|');
  state.fields = Object.fromEntries(Object.entries(state.fields).filter(([key]) => !isDone(key)));
  state.opened = state.opened.filter(key => !isDone(key));
  for (const key of [...state.pending.keys()]) if (isDone(key)) state.pending.delete(key);
  if (Object.keys(state.fields).length === 0 && state.pending.size === 0) await forgetTyped(state.id);
  else await save(state);
}

function noted(turn, state, event) {
  // What a page sets by itself is no typing.
  if (turn.isOver || event.target.closest?.(left)) return;
  state.fields = fieldsIn(turn.place);
  state.opened = [...turn.place.querySelectorAll('[aria-expanded=true]')].filter(one => !one.closest(left)).map(openerKey);
  if (Object.keys(state.fields).length > 0 || state.pending.size > 0) save(state).then(() => tellWhetherKept(turn));
  else forgetTyped(state.id);
}

// Said once on a page: the form works all the same.
function tellWhetherKept({ isOver, place }) {
  if (isOver || !isBroken() || place.querySelector('.vcas-not-kept')) return;
  place.querySelector('h1')?.after(h('p', { class: 'govuk-inset-text vcas-not-kept', role: 'alert' }, t('typed.notKept')));
}

// One write waits its turn at most, and takes what stands there by then.
async function save(state) {
  if (state.isToWrite) return undefined;
  state.isToWrite = true;
  return writeTyped(state.id, state.by, () => {
    state.isToWrite = false;
    return { fields: { ...Object.fromEntries(state.pending), ...state.fields }, opened: state.opened };
  });
}

const controlsIn = place => [...place.querySelectorAll('form input, form select, form textarea')]
  .filter(one => one.name && one.type !== 'file' && !one.closest(left));

/** The fields that are not as the page made them, by their keys. */
function fieldsIn(place) {
  return Object.fromEntries(controlsIn(place).filter(isTouched).map(one => [
    keyOf(one), one.type === 'checkbox' ? one.checked : one.value,
  ]));
}

function isTouched(one) {
  if (one.type === 'radio') return one.checked && !one.defaultChecked;
  if (one.type === 'checkbox') return one.checked !== one.defaultChecked;
  if (one.tagName !== 'SELECT') return one.value !== one.defaultValue;
  return one.value !== ([...one.options].find(({ defaultSelected }) => defaultSelected) ?? one.options[0])?.value;
}

const rowOf = element => element.closest('li')?.querySelector('a')?.getAttribute('href') ?? '';
const keyOf = one => [
  rowOf(one), one.form.querySelector('[type=submit]')?.textContent ?? '', one.name, one.type === 'checkbox' ? one.value : '',
].join('|');
const openerKey = one => `${rowOf(one)}|${one.textContent}`;

function putBack(turn, state, { fields, opened }) {
  state.pending = new Map(Object.entries(fields));
  for (const one of turn.place.querySelectorAll('[aria-expanded=false]'))
    if (opened.includes(openerKey(one)) && !one.closest(left)) one.click();
  // What opens with an answer, or when somebody asks for it, is there later.
  const watching = new MutationObserver(fillIn);
  watching.observe(turn.place, { childList: true, subtree: true });
  turn.onEnd(() => watching.disconnect());
  fillIn();

  function fillIn() {
    for (const one of controlsIn(turn.place)) {
      const key = keyOf(one);
      if (!state.pending.has(key) || (one.type === 'radio' && one.value !== state.pending.get(key))) continue;
      const value = state.pending.get(key);
      state.pending.delete(key);
      if (one.type === 'radio') one.checked = true;
      else if (one.type === 'checkbox') one.checked = value;
      else one.value = value;
      for (const name of ['input', 'change']) one.dispatchEvent(new Event(name, { bubbles: true }));
      const around = one.closest('details');
      if (around) around.open = true;
    }
    addRows();
    if (state.pending.size === 0) watching.disconnect();
  }

  // A list to which rows were added gets them again, one at a time: each brings its fields.
  function addRows() {
    for (const one of turn.place.querySelectorAll('[data-adds]')) {
      const wanted = [...state.pending.keys()].some(key => key.split('|')[2].startsWith(`${one.dataset.adds}[`));
      if (wanted && !one.closest('[hidden]')) return one.click();
    }
    return undefined;
  }
}
