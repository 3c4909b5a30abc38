/**
 * All that the console takes from others: templates and reactive elements of Lit, from the WebJars on the class path.
 * Their versioned addresses are in this file only, and ConsoleTest holds them to the versions of the pom.
 */
import {ReactiveElement} from '/webjars/lit__reactive-element/2.1.1/reactive-element.js';
import {html, svg, nothing, noChange, render} from '/webjars/lit-html/3.3.1/lit-html.js';
import {AsyncDirective, directive} from '/webjars/lit-html/3.3.1/async-directive.js';

export {html, svg, nothing, noChange, render};
export {repeat} from '/webjars/lit-html/3.3.1/directives/repeat.js';
export {classMap as classes} from '/webjars/lit-html/3.3.1/directives/class-map.js';
export {ifDefined} from '/webjars/lit-html/3.3.1/directives/if-defined.js';
export {live as lively} from '/webjars/lit-html/3.3.1/directives/live.js';
export {ref, createRef} from '/webjars/lit-html/3.3.1/directives/ref.js';
export {keyed} from '/webjars/lit-html/3.3.1/directives/keyed.js';

/**
 * Sets custom properties and styles of an element from code, which the Content-Security-Policy allows where a style attribute is
 * refused: `<i ${styles({'--share': 0.4})}>`.
 */
class Styles extends AsyncDirective {
  render() {
    return noChange;
  }

  update(part, [values]) {
    for (const [name, value] of Object.entries(values)) {
      part.element.style.setProperty(name, value);
    }
    return noChange;
  }
}

export const styles = directive(Styles);

/**
 * What every element of the console extends. It renders `template()` into itself, not into a shadow root, so that one style sheet,
 * labels and live regions reach everything. What it holds on to ends with it: `signal` is aborted when it leaves the page, and
 * `until()` takes whatever else has to be undone then.
 */
export class Part extends ReactiveElement {
  #leaving = new AbortController();
  #endings = [];

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.#leaving.signal.aborted) {
      this.#leaving = new AbortController();
    }
    this.arrived();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#leaving.abort();
    this.#endings.splice(0).forEach((end) => end());
  }

  update(changed) {
    super.update(changed);
    render(this.template(), this, {host: this});
  }

  /** Called each time the element enters the page: load here, listen here. */
  arrived() {}

  /** @return the Lit template of the present state */
  template() {
    return nothing;
  }

  /** Aborted when the element leaves the page; give it to every request. */
  get signal() {
    return this.#leaving.signal;
  }

  /** Calls `end` when the element leaves the page. */
  until(end) {
    this.#endings.push(end);
  }

  /** Listens to `target` for as long as the element is on the page. */
  listen(target, type, listener) {
    target.addEventListener(type, listener, {signal: this.signal});
  }
}

/** Defines an element once, with its reactive properties: `define('pacer-meter', Meter)`. */
export function define(name, type) {
  if (!customElements.get(name)) {
    customElements.define(name, type);
  }
}
