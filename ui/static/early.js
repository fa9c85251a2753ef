// Loaded before everything else: Gradio binds its events a moment after it has drawn the page, and who is quick has
// sent a question by then. It is sent once the page can.
(() => {
  const hold = (event) => {
    if (window.youju?.bound || event.isComposing) return;
    const sends =
      event.type === "click"
        ? event.target.closest("#send")
        : event.key === "Enter" && !event.shiftKey && event.target.matches("#question textarea");
    if (!sends) return;
    event.preventDefault();
    event.stopPropagation();
    window.youjuImpatient = true;
  };
  for (const type of ["keydown", "click"]) document.addEventListener(type, hold, true);
})();
