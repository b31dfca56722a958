// The cells of a notebook that answer a question: folded and unfolded through their metadata,
// which JupyterLab follows, also for cells that are out of sight. Elsewhere nothing is folded.

export const folds = (model, name) => {
  const mine = () => {
    const cells = model.widget_manager?.context?.model?.cells;
    if (!cells) return [];
    return Array.from({ length: cells.length }, (_, k) => cells.get(k))
      .filter((cell) => cell.getMetadata("lstm_course")?.answers === name);
  };
  const setSource = (cell, hidden) => {
    const { source_hidden: _, ...others } = cell.getMetadata("jupyter") ?? {};
    if (hidden) cell.setMetadata("jupyter", { ...others, source_hidden: true });
    else if (Object.keys(others).length) cell.setMetadata("jupyter", others);
    else cell.deleteMetadata("jupyter");
  };
  const set = (cell, hidden) => {
    if (cell.type === "code") cell.setMetadata("collapsed", hidden); // and so outputs_hidden
    if (cell.type !== "code" || cell.getMetadata("lstm_course").hides === "code") setSource(cell, hidden);
  };
  return { found: () => mine().length > 0, set: (hidden) => mine().forEach((cell) => set(cell, hidden)) };
};
