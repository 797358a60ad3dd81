//! Help at the cursor: completion, and what it is that stands there. The page's program knows; here it is shown.
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  snippet,
  startCompletion,
} from "@codemirror/autocomplete";
import { StateEffect, StateField } from "@codemirror/state";
import { hoverTooltip, keymap, showTooltip } from "@codemirror/view";

/** A longer explanation does not fit beside a name. */
const LONGEST_DETAIL = 36;

/**
 * @param {object} options
 * @param {(text: string, offset: number, asked: boolean) => object | undefined} [options.complete] what may be written:
 *   `{ from, to, items: [{ label, detail, kind, insert, goesOn }] }`
 * @param {(text: string, offset: number) => object | undefined} [options.explain] what stands there:
 *   `{ from, to, title, tag, lines: [{ heading, items }] }`
 */
export function assist({ complete, explain }) {
  return [
    closeBrackets(),
    keymap.of(closeBracketsKeymap),
    complete ? completion(complete) : [],
    explain ? explanation(explain) : [],
  ];
}

function completion(complete) {
  const source = ({ state, pos, explicit }) => {
    const found = complete(state.doc.toString(), pos, explicit);
    if (!found) return null;
    // The program has looked through them and put the best first; with each key it is asked again, at once, so that
    // nobody takes what was offered a key before.
    const options = found.items.map(option);
    return { from: found.from, to: found.to, filter: false, options, update: (_current, _from, _to, context) => source(context) };
  };
  return [
    autocompletion({ override: [source], icons: true, maxRenderedOptions: 100, interactionDelay: 0, activateOnTypingDelay: 20, tooltipClass: () => "cm-offers" }),
    keymap.of(completionKeymap),
  ];
}

function option({ label, detail, kind, insert, goesOn }) {
  const long = detail.length > LONGEST_DETAIL;
  return { label, type: kind, detail: long ? undefined : detail, info: long ? detail : undefined, apply: put(insert, goesOn) };
}

function put(insert, goesOn) {
  const hasFields = /\$\{(\d|\})/.test(insert);
  return (view, chosen, from, to) => {
    if (hasFields) {
      snippet(insert)(view, chosen, from, to);
    } else {
      const changes = { from, to, insert };
      view.dispatch({ changes, selection: { anchor: from + insert.length }, userEvent: "input.complete", scrollIntoView: true });
    }
    if (goesOn) startCompletion(view);
  };
}

const show = StateEffect.define();

/** What a key asked to be explained, until something changes. */
const shown = StateField.define({
  create: () => null,
  update(tooltip, transaction) {
    const asked = transaction.effects.find((effect) => effect.is(show));
    if (asked) return asked.value;
    return transaction.docChanged || transaction.selection ? null : tooltip;
  },
  provide: (field) => showTooltip.from(field),
});

function explanation(explain) {
  const at = (state, offset) => {
    const found = explain(state.doc.toString(), offset);
    return found ? { pos: found.from, end: found.to, above: true, create: () => ({ dom: draw(found) }) } : null;
  };
  const ask = (view) => {
    const tooltip = at(view.state, view.state.selection.main.head);
    view.dispatch({ effects: show.of(tooltip) });
    return tooltip !== null;
  };
  const hide = (view) => {
    if (!view.state.field(shown)) return false;
    view.dispatch({ effects: show.of(null) });
    return true;
  };
  return [
    hoverTooltip((view, offset) => at(view.state, offset), { hideOnChange: true }),
    shown,
    keymap.of([
      { key: "F1", run: ask, preventDefault: true },
      { key: "Escape", run: hide },
    ]),
  ];
}

function draw({ title, tag, lines }) {
  const box = element("div", "cm-about");
  box.setAttribute("role", "status");
  const head = element("p", "cm-about-head", element("code", "", title));
  if (tag) head.append(element("span", "cm-about-tag", tag));
  box.append(head);
  for (const { heading, items } of lines) {
    if (!heading) {
      box.append(element("p", "", ...items));
      continue;
    }
    const list = element("ul", "", ...items.map((item) => element("li", "", element("code", "", item))));
    box.append(element("p", "cm-about-heading", heading), list);
  }
  return box;
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}
