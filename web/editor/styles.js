//! How the editor's own styles reach the page: by constructed stylesheets, which the page's
//! content security policy allows where it refuses `<style>` elements.
//!
//! They lie in a cascade layer, so that every unlayered rule of the page's stylesheet wins over them.
import { EditorView } from "@codemirror/view";
import { StyleModule } from "style-mod";

const mounted = new Map();

/** From now on all editors' styles are adopted by the document instead of written into its head. */
export function useConstructedStyles() {
  StyleModule.mount = (root, modules) => {
    const wanted = Array.isArray(modules) ? modules : [modules];
    const { sheet, known } = mounted.get(root) ?? adopt(root);
    const others = known.filter((module) => !wanted.includes(module));
    const all = [...others, ...wanted];
    mounted.set(root, { sheet, known: all });
    sheet.replaceSync(`@layer editor {\n${all.map((module) => module.getRules()).join("\n")}\n}`);
  };
}

function adopt(root) {
  const sheet = new CSSStyleSheet();
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return { sheet, known: [] };
}

/** Every colour is a variable of the page, so that the editor follows its light, dark and high contrast. */
export const theme = EditorView.theme({
  "&": {
    height: "100%",
    color: "var(--editor-text, inherit)",
    backgroundColor: "var(--editor-background, transparent)",
  },
  "&.cm-focused": { outline: "2px solid var(--editor-focus, currentColor)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--editor-font, monospace)", lineHeight: "1.5", overflow: "auto" },
  ".cm-content": { caretColor: "var(--editor-caret, currentColor)" },
  ".cm-gutters": {
    color: "var(--editor-gutter-text, inherit)",
    backgroundColor: "var(--editor-gutter, transparent)",
    borderRight: "1px solid var(--editor-border, currentColor)",
  },
  ".cm-panels, .cm-tooltip": {
    color: "var(--editor-text, inherit)",
    backgroundColor: "var(--editor-panel, Canvas)",
    borderColor: "var(--editor-border, currentColor)",
  },
  ".cm-textfield, .cm-button": {
    color: "inherit",
    backgroundColor: "var(--editor-background, Canvas)",
    backgroundImage: "none",
    border: "1px solid var(--editor-border, currentColor)",
  },
  "&.cm-focused .cm-matchingBracket, &.cm-focused .cm-nonmatchingBracket": {
    backgroundColor: "transparent",
    outline: "1px solid var(--editor-bracket, currentColor)",
  },
  ".cm-searchMatch, .cm-selectionMatch": { backgroundColor: "var(--editor-match, transparent)" },
  ".cm-foldPlaceholder": {
    color: "inherit",
    backgroundColor: "transparent",
    borderColor: "var(--editor-border, currentColor)",
  },
});
