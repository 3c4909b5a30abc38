import {html, styles} from '../lit.js';
import {percent} from '../format.js';

/** A share with its 95 % interval: the number, and a bar from low to high with a mark where the share is. `label` tells it in words. */
export const interval = ({rate, low, high, label}) =>
  html`<div class="interval" role="img" aria-label=${label} title=${label}><span class="figures"><b>${percent(rate)}</b> <small>${percent(low)} – ${percent(high)}</small></span>
    <span class="track"><i ${styles({'--low': low, '--high': high})}></i><u ${styles({'--rate': rate})}></u></span></div>`;
