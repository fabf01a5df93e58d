/** Says something that everybody should notice, read aloud as well; gone with the next page. */
import { fill, h } from './dom.js';
import { isLocked } from './idle.js';

export function announce(text, { isForAnybody = false } = {}) {
  // Of a household nothing is told to whoever sits before a locked page.
  if (text && isLocked() && !isForAnybody) return;
  fill(document.getElementById('notice'), text && h('p', { class: 'govuk-body vcas-said' }, text));
}
