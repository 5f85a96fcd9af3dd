const FOCUSABLE = "a[href], button:not(:disabled), input:not(:disabled)";

const within = node => node?.querySelector?.(FOCUSABLE);

/** What stood beside the part of the page that went with this element. */
function beside(element, changes) {
  const gone = changes.find(({ removedNodes }) => [...removedNodes].some(node => node.contains(element)));
  return within(gone?.nextSibling) ?? within(gone?.previousSibling);
}

/**
 * A part of the page that goes takes the focus with it, and who has no pointer would begin anew at the top. What stood
 * beside it gets the focus then, or else the screen.
 */
export function keepFocus(root) {
  let last;
  root.addEventListener("focusin", event => {
    last = event.target;
  });
  const mend = changes => {
    if (last && !last.isConnected && document.activeElement === document.body) {
      const next = beside(last, changes) ?? document.getElementById("main");
      next?.focus({ preventScroll: true });
    }
  };
  new MutationObserver(mend).observe(root, { childList: true, subtree: true });
}
