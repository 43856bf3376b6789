// Shows how far a job is without loading the page anew; without script the page does that itself.
(() => {
  "use strict";
  const place = document.getElementById("job");
  const look = async () => {
    if (!place.dataset.running) return;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.ok) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("job");
        if (!fresh.dataset.running) delete place.dataset.running;
        if (fresh.innerHTML !== place.innerHTML) place.replaceChildren(...fresh.childNodes);
      }
    } catch { /* the next look may find it */ }
    setTimeout(look, 1500);
  };
  setTimeout(look, 800);
})();
