/** Says something that everybody should notice, read aloud as well; gone with the next page. */
import { fill, h } from './dom.js';

export const announce = text => fill(document.getElementById('notice'), text && h('p', { class: 'govuk-body vcas-said' }, text));
