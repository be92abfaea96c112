// Loads the page anew when the preview has changed. Scripts are all that the policy of a published page
// lets through, so the server is asked by one: its answer comes with the change.
(() => {
  const { search } = new URL(document.currentScript.src);
  const ask = () => {
    const script = document.createElement("script");
    const again = (pause) => () => { script.remove(); setTimeout(ask, pause); };
    script.onload = again(100);
    script.onerror = again(1000);
    script.src = `/_l10n/changes.js${search}`;
    document.head.append(script);
  };
  addEventListener("load", () => setTimeout(ask));
  addEventListener("pageshow", (event) => event.persisted && location.reload());
})();
