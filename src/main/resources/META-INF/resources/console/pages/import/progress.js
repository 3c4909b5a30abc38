import {html} from '../../lit.js';

/** Something that runs: a bar, filled as far as `share` (0 to 1) says, or moving where nobody knows; what is done; how far. */
export const running = ({title, share, detail}) =>
  html`<section class="card running" aria-label=${title}><h2>${title}</h2><progress .value=${share ?? 0} ?data-unknown=${share === undefined} max="1" aria-label=${title}></progress><p class="quiet" role="status">${detail ?? ''}</p></section>`;
