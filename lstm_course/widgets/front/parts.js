// Small helpers that every other file uses.

export const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  // else JupyterLab and Jupyter Notebook go to the next cell at an arrow key
  if (["button", "input", "select"].includes(tag)) node.setAttribute("data-lm-suppress-shortcuts", "true");
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== null && value !== false) node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
};

// h_{t-1} with a real subscript
export const typeset = (text) =>
  text.split(/(_\{[^}]*\}|_\w)/).filter(Boolean).map((part) => {
    const sub = /^_\{?([^}]*)\}?$/.exec(part);
    return sub ? make("sub", {}, sub[1].replace("-", "−")) : part;
  });

// Numbers of a sentence stand out; to a screen reader it is the same sentence
export const withNumbers = (text) =>
  text.replace(/(\d) %/g, "$1\u00a0%").split(/([−-]?\d+\.\d+)/).flatMap((part, k) => (k % 2 ? make("b", {}, part) : typeset(part)));

// Whoever asks the system for less motion steps by hand: nothing plays by itself
export const calm = matchMedia("(prefers-reduced-motion: reduce)");
