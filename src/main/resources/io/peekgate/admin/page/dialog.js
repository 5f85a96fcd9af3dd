import { h, useEffect, useRef, useState } from "./dom.js";
import { Button, Failure, Field, Input } from "./ui.js";

/** A modal dialog; the browser keeps the focus in it and knows Escape. When it goes, the focus returns. */
export function Dialog({ title, id, close, wide, children, foot }) {
  const dialog = useRef();
  useEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    shown.showModal();
    shown.querySelector("[data-first]")?.focus();
    return () => {
      shown.close();
      before?.focus();
    };
  }, []);
  const cancel = event => {
    event.preventDefault();
    close();
  };
  return h(
    "dialog",
    { ref: dialog, id, class: wide ? "wide" : "", "aria-label": title, onCancel: cancel },
    h(
      "article",
      null,
      h(
        "header",
        null,
        h("h2", null, title),
        h(
          "button",
          { type: "button", class: "close-x", "aria-label": "Close", "data-do": "close", onClick: close },
          "✕",
        ),
      ),
      h("div", { class: "dialog-body" }, children),
      h("footer", null, h("button", { type: "button", class: "secondary outline", onClick: close }, "Cancel"), foot),
    ),
  );
}

/** Asks before something is done; with `typed`, only who types that word may. */
export function Confirm({ title, verb, typed, run, close, children }) {
  const [word, setWord] = useState("");
  const [error, setError] = useState();
  const go = async () => {
    try {
      await run();
      close();
    } catch (failed) {
      setError(failed);
    }
  };
  const disabled = typed !== undefined && word !== typed;
  return h(
    Dialog,
    {
      title,
      close,
      id: "confirm",
      foot: h(Button, { run: go, disabled, "data-do": "confirm", "data-first": typed ? undefined : true }, verb),
    },
    children,
    typed &&
      h(
        Field,
        { label: `Type “${typed}” to go on` },
        h(Input, { id: "confirm-word", value: word, set: setWord, "data-first": true }),
      ),
    h(Failure, { error }),
  );
}
